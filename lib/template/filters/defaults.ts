import { equals } from '../../values/equal.js';
import { truthy } from '../../values/truth.js';
import { typeName } from '../../values/typename.js';
import { isMissing } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { type Arg, type Filter, TemplateError } from '../library.js';
import { text } from '../read.js';
import { given, use } from '../runtime/undefined.js';
import { filter, looseFilter } from '../signature.js';

const orDefault = looseFilter('default_value? boolean?', (input, [fallback = '', boolean = false]) => {
  if (isMissing(input)) return fallback;
  return truthy(use(boolean)) && !truthy(use(input)) ? fallback : input;
});

const mandatory = looseFilter('msg?', (input, [msg]) => {
  if (!isMissing(input)) return input;
  if (msg !== undefined && msg !== null) throw new TemplateError(text(msg));
  // With the two blanks that Ansible has there: playbooks compare the whole text.
  const name = input.name === undefined ? '' : `'${input.name}' `;
  throw new TemplateError(`Mandatory variable ${name} not defined.`);
});

function choose(input: Value, yes: Arg, no: Arg, none: Arg | undefined): Arg {
  if (input === null && none !== undefined && none !== null) return none;
  return truthy(input) ? yes : no;
}

const ternary = looseFilter('true_val false_val none_val?', (input, [yes, no, none]) =>
  choose(given(input), yes!, no!, none),
);

const YES = ['yes', 'on', '1', 'true'];

/** Ansible's `bool` filter: None and bools as they are, yes/on/1/true are true, everything else is false. */
export function toBool(v: Value): boolean | null {
  if (v === null || typeof v === 'boolean') return v;
  return typeof v === 'string' ? YES.includes(v.toLowerCase()) : equals(v, 1);
}

/** Filters about presence, truth and type. */
export const defaultFilters: Record<string, Filter> = {
  default: orDefault,
  d: orDefault,
  mandatory,
  ternary,
  bool: filter('', (input) => toBool(input)),
  type_debug: looseFilter('', (input, _args, { host }) =>
    typeof input === 'string' && host.sealed?.has(input) ? 'AnsibleVaultEncryptedUnicode' : typeName(input),
  ),
};
