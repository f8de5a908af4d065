import { toList } from '../values/iterate.js';
import { asIndex } from '../values/number.js';
import { ValueProblem } from '../values/problem.js';
import { type Keywords, Special } from '../values/special.js';
import { truthy } from '../values/truth.js';
import { Undefined } from '../values/undefined.js';
import type { Dict, Value } from '../values/value.js';
import { lorem } from './lorem.js';
import { updateDict } from './methods/dicts.js';
import { findMethod } from './runtime/methods.js';
import { makeNamespace } from './runtime/namespace.js';
import { nowValue } from './time/special.js';

function callable(name: string, call: (args: Value[], kwargs: Keywords) => Value | Undefined): Special {
  return new Special('function', { call, text: () => `<function ${name}>` });
}

/** A class of Python's: it is called to make a value, and prints as one. */
function classOf(
  name: string,
  call: (args: Value[], kwargs: Keywords) => Value,
  attr?: (name: string) => Value | undefined,
): Special {
  return new Special('type', { call, text: () => `<class '${name}'>`, ...(attr && { attr }) });
}

/** No range may be longer: its numbers are made at once where a list is needed. */
const MAX_RANGE = 10_000_000;

function range(args: readonly Value[]): Value {
  if (args.length < 1 || args.length > 3)
    throw new ValueProblem(`range expected 1 to 3 arguments, got ${args.length}`);
  const numbers = args.map((arg) => asIndex(arg));
  const [from, to, by = 1] = numbers.length === 1 ? [0, numbers[0]!] : (numbers as [number, number, number?]);
  if (by === 0) throw new ValueProblem('range() arg 3 must not be zero', 'ValueError');
  const size = Math.max(0, Math.ceil((to - from) / by));
  if (size > MAX_RANGE)
    throw new ValueProblem(
      `a range of ${size} numbers is too long; the limit is ${MAX_RANGE}`,
      'OverflowError',
    );
  const all = (): Value[] => Array.from({ length: size }, (_, i) => from + i * by);
  return new Special('range', {
    iterate: all,
    size: () => size,
    item: (key) => (typeof key === 'number' ? all().at(key) : undefined),
    text: () => `range(${from}, ${to}${by === 1 ? '' : `, ${by}`})`,
    finish: all,
  });
}

function makeDict(args: readonly Value[], kwargs: Keywords): Value {
  const dict: Dict = new Map();
  if (args.length > 1) throw new ValueProblem(`dict expected at most 1 argument, got ${args.length}`);
  if (args.length === 1) updateDict(dict, args[0]!);
  for (const [key, value] of kwargs) dict.set(key, value);
  return dict;
}

function cycler(args: readonly Value[]): Value {
  if (args.length === 0) throw new ValueProblem('at least one item has to be provided');
  const state = { pos: 0 };
  const next = (): Value => args[state.pos++ % args.length]!;
  return new Special('Cycler', {
    attr: (name) => {
      if (name === 'next') return callable('next', next);
      if (name === 'current') return args[state.pos % args.length]!;
      if (name === 'items') return [...args];
      if (name !== 'reset') return undefined;
      return callable('reset', () => {
        state.pos = 0;
        return null;
      });
    },
  });
}

function joiner(args: readonly Value[], kwargs: Keywords): Value {
  const separator = args[0] ?? kwargs.get('sep') ?? ', ';
  const state = { used: false };
  return new Special('Joiner', {
    call: () => {
      const text = state.used ? separator : '';
      state.used = true;
      return text;
    },
  });
}

function now(args: readonly Value[], kwargs: Keywords): Value | Undefined {
  const moment = nowValue(truthy(args[0] ?? kwargs.get('utc') ?? false));
  const format = args[1] ?? kwargs.get('fmt') ?? '';
  const strftime = truthy(format) ? moment.face.attr?.('strftime') : undefined;
  return strftime instanceof Special ? (strftime.face.call?.([format], new Map()) ?? null) : moment;
}

function undef(args: readonly Value[], kwargs: Keywords): Undefined {
  const hint = args[0] ?? kwargs.get('hint');
  const text = typeof hint === 'string' && hint !== '' ? hint : 'Mandatory variable has not been overridden';
  return new Undefined('', text);
}

/** Names that every template knows and that need nothing of the render: range, dict, namespace ... */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', classOf('range', range)],
  [
    'dict',
    classOf('dict', makeDict, (name) => (name === 'fromkeys' ? findMethod(new Map(), name) : undefined)),
  ],
  ['namespace', classOf('jinja2.utils.Namespace', makeNamespace)],
  ['cycler', classOf('jinja2.utils.Cycler', cycler)],
  ['joiner', classOf('jinja2.utils.Joiner', joiner)],
  ['undef', callable('undef', undef)],
  ['now', callable('now', now)],
  ['lipsum', callable('lipsum', lorem)],
]);

/** Unrolls what a lookup got as terms: views and ranges become lists. */
export function plainTerms(args: readonly Value[]): Value[] {
  return args.map((arg) => (arg instanceof Special && arg.face.iterate ? toList(arg) : arg));
}
