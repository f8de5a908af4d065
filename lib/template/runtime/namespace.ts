import { repr } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import type { Dict, Value } from '../../values/value.js';
import { updateDict } from '../methods/dicts.js';
import { nameOr } from './names.js';
import type { Render } from './state.js';
import { type Item, use } from './undefined.js';

// Which namespace holds which entries: only `set ns.x = ..` may write them.
const ENTRIES = new WeakMap<Special, Dict>();

/** `namespace(...)`: the one object whose attributes templates may set. */
export function makeNamespace(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Special {
  const entries: Dict = new Map();
  for (const arg of args) updateDict(entries, arg);
  for (const [key, value] of kwargs) entries.set(key, value);
  const special = new Special('Namespace', {
    attr: (name) => entries.get(name),
    item: (key) => entries.get(key),
    text: () => `<Namespace ${repr(entries)}>`,
  });
  ENTRIES.set(special, entries);
  return special;
}

/** `{% set ns.name = value %}`. */
export function setAttr(
  r: Render,
  at: number,
  target: Item | undefined,
  name: string,
  attr: string,
  value: Item,
): void {
  r.at = at;
  const found = use(nameOr(r, at, name, target));
  const entries = found instanceof Special ? ENTRIES.get(found) : undefined;
  if (!entries)
    throw new ValueProblem('cannot assign attribute on non-namespace object', 'TemplateRuntimeError');
  entries.set(attr, value as Value);
}
