import { keyPos } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { BLOCK, HANDLER, PLAY, ROLE_META, TASK } from './keywords.js';
import type { Loading } from './loading.js';

/** Names that every template has already (Jinja2's globals, and those Ansible adds). */
const GLOBALS = [
  'range',
  'dict',
  'lipsum',
  'cycler',
  'joiner',
  'namespace',
  'lookup',
  'query',
  'q',
  'now',
  'undef',
];

/** Names that a play's variables should not have: those of keywords, and of templates' own functions. */
const RESERVED: ReadonlySet<string> = new Set([
  ...[PLAY, ROLE_META, BLOCK, TASK, HANDLER].flatMap((level) => Object.keys(level)),
  ...GLOBALS,
  'with_',
]);

/** Warns of a play's variables that hide a keyword's name or a function of templates; they still work. */
export function warnOfReserved(loading: Loading, vars: ReadonlyMap<string, Raw>): void {
  for (const key of vars.keys()) {
    const name = str(key as Value);
    if (name === 'vars' || !RESERVED.has(name)) continue;
    const pos = keyPos(vars, key);
    loading.warnings.push({ text: `Found variable using reserved name: ${name}`, pos });
  }
}
