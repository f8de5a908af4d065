import { equals } from '../../values/equal.js';
import { iterate } from '../../values/iterate.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import { Tuple, type Value } from '../../values/value.js';
import type { Render } from './state.js';
import { type Item, use } from './undefined.js';

/** What a loop goes over, as an array; an undefined is an error. */
export function items(r: Render, at: number, v: Item): readonly Value[] {
  r.at = at;
  if (v instanceof Undefined && v.lax) return [];
  const value = use(v);
  return Array.isArray(value) ? value : [...iterate(value)];
}

/** A loop in progress: `index` is moved by the emitted code, `special` is what templates see as `loop`. */
export type Loop = { index: number; readonly special: Special };

type Again = (given: readonly Value[], depth: number) => Value;

function around(r: Render, all: readonly Value[], i: number, name: string): Item {
  return (
    all[i] ??
    new Undefined(
      name,
      `there is no ${name === 'loop.previtem' ? 'previous' : 'next'} item`,
      r.unit.place(0, 0),
    )
  );
}

function changed(memory: { last: Value[] | undefined }, args: Value[]): boolean {
  const same = memory.last?.length === args.length && memory.last.every((v, i) => equals(v, args[i]!));
  memory.last = args;
  return !same;
}

function cycled(args: readonly Value[], index: number): Value {
  if (args.length === 0) throw new ValueProblem('no items for cycling given');
  return args[index % args.length]!;
}

/** The loop object over some items; `again` runs a recursive loop one level deeper. */
export function loop(r: Render, all: readonly Value[], depth: number, again?: Again): Loop {
  const memory: { last: Value[] | undefined } = { last: undefined };
  const fields: Readonly<Record<string, (i: number) => Item>> = {
    index: (i) => i + 1,
    index0: (i) => i,
    revindex: (i) => all.length - i,
    revindex0: (i) => all.length - i - 1,
    first: (i) => i === 0,
    last: (i) => i === all.length - 1,
    length: () => all.length,
    depth: () => depth + 1,
    depth0: () => depth,
    previtem: (i) => around(r, all, i - 1, 'loop.previtem'),
    nextitem: (i) => around(r, all, i + 1, 'loop.nextitem'),
    cycle: (i) => method('cycle', (args) => cycled(args, i)),
    changed: () => method('changed', (args) => changed(memory, args)),
  };
  const special = new Special('LoopContext', {
    attr: (name) => (Object.hasOwn(fields, name) ? fields[name]!(state.index) : undefined),
    call: (args) => {
      if (!again) throw new ValueProblem("this loop is not recursive; add 'recursive' to its tag to call it");
      return again(items(r, r.at, args[0] ?? null), depth + 1);
    },
    size: () => all.length,
    text: () => `<LoopContext ${state.index + 1}/${all.length}>`,
  });
  const state: Loop = { index: 0, special };
  return state;
}

function method(name: string, run: (args: Value[]) => Value): Special {
  return new Special('method', { call: run, text: () => `<method ${name}>` });
}

/** The items of a value for a tuple of targets, exactly as many as there are targets. */
export function unpack(r: Render, at: number, v: Item, count: number): readonly Value[] {
  const all = v instanceof Tuple ? v.items : items(r, at, v);
  if (all.length === count) return all;
  const which =
    all.length < count
      ? `not enough values to unpack (expected ${count}, got ${all.length})`
      : `too many values to unpack (expected ${count})`;
  r.at = at;
  throw new ValueProblem(which, 'ValueError');
}
