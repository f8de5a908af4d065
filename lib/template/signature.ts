import { stringOf } from '../values/special.js';
import type { Value } from '../values/value.js';
import { type Arg, type Caller, type Filter, type Kwargs, TemplateError, type Test } from './library.js';
import { given } from './runtime/undefined.js';

type Signature = { names: string[]; required: number; rest: boolean };

function parse(text: string): Signature {
  const words = text.split(' ').filter(Boolean);
  const rest = words.at(-1) === '*';
  const names = rest ? words.slice(0, -1) : words;
  return {
    names: names.map((w) => w.replace('?', '')),
    required: names.filter((w) => !w.endsWith('?')).length,
    rest,
  };
}

function keyword(sig: Signature, bound: (Arg | undefined)[], name: string, value: Arg): void {
  const at = sig.names.indexOf(name);
  if (at < 0) throw new TemplateError(`there is no argument '${name}'${known(sig.names)}`);
  if (bound[at] !== undefined) throw new TemplateError(`the argument '${name}' is given twice`);
  bound[at] = value;
}

const known = (names: string[]): string => (names.length ? `, only ${names.join(', ')}` : '');

function bindTo(sig: Signature, args: readonly Arg[], kwargs: Kwargs): (Arg | undefined)[] {
  const { names } = sig;
  if (args.length > names.length && !sig.rest)
    throw new TemplateError(`at most ${names.length} arguments can be given, not ${args.length}`);
  const bound: (Arg | undefined)[] = args.slice();
  for (const [name, value] of kwargs) keyword(sig, bound, name, value);
  for (let i = 0; i < sig.required; i++)
    if (bound[i] === undefined) throw new TemplateError(`the argument '${names[i]}' is missing`);
  return bound;
}

/**
 * Binds the arguments of a call as Python does to a signature such as `width? first? *`: a question mark makes one
 * optional, a final star takes any number of further ones. What is not given is undefined in the result.
 */
export function bind(signature: string, args: readonly Arg[], kwargs: Kwargs): (Arg | undefined)[] {
  return bindTo(parse(signature), args, kwargs);
}

type Run<T> = (input: Value, args: (Value | undefined)[], caller: Caller) => T;
type LooseRun<T> = (input: Arg, args: (Arg | undefined)[], caller: Caller) => T;

/** What most functions see of an argument: text that is safe in HTML is text like any other to them. */
function plain(v: Arg): Value {
  const value = given(v);
  return stringOf(value) ?? value;
}

function useAll(args: (Arg | undefined)[]): (Value | undefined)[] {
  return args.map((a) => (a === undefined ? undefined : plain(a)));
}

/** A filter whose input and arguments must all be defined. */
export function filter(signature: string, run: Run<Arg>): Filter {
  const sig = parse(signature);
  return (input, args, kwargs, caller) => run(plain(input), useAll(bindTo(sig, args, kwargs)), caller);
}

/** A filter of the same kind that tells text that is safe in HTML (Markup) from other text. */
export function markupFilter(signature: string, run: Run<Arg>): Filter {
  const sig = parse(signature);
  return (input, args, kwargs, caller) => {
    const bound = bindTo(sig, args, kwargs).map((a) => (a === undefined ? undefined : given(a)));
    return run(given(input), bound, caller);
  };
}

/** A filter that may look at undefined values itself. */
export function looseFilter(signature: string, run: LooseRun<Arg>): Filter {
  const sig = parse(signature);
  return (input, args, kwargs, caller) => run(input, bindTo(sig, args, kwargs), caller);
}

/** A test whose input and arguments must all be defined. */
export function is(signature: string, run: Run<boolean>): Test {
  const sig = parse(signature);
  return (input, args, kwargs, caller) => run(plain(input), useAll(bindTo(sig, args, kwargs)), caller);
}

/** A test that may look at undefined values itself. */
export function looseIs(signature: string, run: LooseRun<boolean>): Test {
  const sig = parse(signature);
  return (input, args, kwargs, caller) => run(input, bindTo(sig, args, kwargs), caller);
}
