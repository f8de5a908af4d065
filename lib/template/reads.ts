import { children } from './compile/children.js';
import { parseText } from './compiled.js';
import { wrapCondition } from './condition.js';
import { readHeader } from './lex/header.js';
import { DEFAULT_SYNTAX } from './lex/syntax.js';
import type { AnyNode } from './parse/nodes.js';
import type { Templater } from './templater.js';

const KEPT = 20_000;

function collect(n: AnyNode, read: Set<string>, set: Set<string>): void {
  if (n.typename === 'Name') read.add(n.name);
  if (n.typename === 'AttrTarget') read.add(n.name);
  if (n.typename === 'NameTarget' || n.typename === 'MacroDef') set.add(n.name);
  if (n.typename === 'MacroDef' || n.typename === 'CallBlock')
    for (const name of n.params.names) set.add(name);
  if (n.typename === 'ImportAs') set.add(n.target);
  if (n.typename === 'ImportNames') for (const { alias } of n.names) set.add(alias);
  if (n.typename === 'ForLoop') set.add('loop');
  for (const child of children(n)) collect(child, read, set);
}

function namesIn(source: string, kind: 'value' | 'condition'): ReadonlySet<string> {
  const { text, syntax } = readHeader(source, DEFAULT_SYNTAX);
  const full = kind === 'condition' && !source.includes('{{') && !source.includes('{%');
  const read = new Set<string>();
  const set = new Set<string>();
  try {
    collect(full ? parseText(wrapCondition(text), syntax, false) : parseText(text, syntax, true), read, set);
  } catch {
    // A text that cannot be parsed reads nothing; `check` and the render itself report it.
    return read;
  }
  // A name that the template sets itself may still be read from outside before that; only parameters never are.
  for (const name of set) if (name === 'loop') read.delete(name);
  return read;
}

/** A function that gives the names a template reads, remembering what it was asked. */
export function namesRead(): Templater['reads'] {
  const known = new Map<string, ReadonlySet<string>>();
  return (source, kind) => {
    if (kind === 'value' && !source.includes('{')) return new Set();
    const key = kind + source;
    const old = known.get(key);
    if (old) return old;
    const names = namesIn(source, kind);
    if (known.size >= KEPT) known.delete(known.keys().next().value!);
    known.set(key, names);
    return names;
  };
}
