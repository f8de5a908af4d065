import { length } from '../../values/iterate.js';
import { escaped, isMarkup, markup } from '../../values/markup.js';
import { asIndex } from '../../values/number.js';
import { repr, str } from '../../values/print.js';
import { Undefined } from '../../values/undefined.js';
import { Tuple, type Value } from '../../values/value.js';
import { type Arg, type Filter, TemplateError } from '../library.js';
import { capitalize } from '../methods/letters.js';
import { splitLines } from '../methods/splitting.js';
import { prettyPrint } from '../pprint.js';
import { asText, count, flag, text } from '../read.js';
import { modulo } from '../runtime/arithmetic.js';
import { methodOf } from '../runtime/methods.js';
import { use } from '../runtime/undefined.js';
import { filter, markupFilter } from '../signature.js';

function title(s: string): string {
  return s
    .split(/([-\s({[<]+)/)
    .map(capitalize)
    .join('');
}

const indent = filter('width? first? blank?', (input, [width = 4, first, blank]) => {
  const margin = typeof width === 'string' ? width : ' '.repeat(Math.max(0, asIndex(width)));
  const lines = splitLines(`${asText(input)}\n`, false);
  const every = flag(blank);
  const out = lines.map((line, i) => (i > 0 && (every || line !== '') ? margin + line : line)).join('\n');
  return flag(first) ? margin + out : out;
});

const truncateOptions = 'length? killwords? end? leeway?';

const truncate = markupFilter(truncateOptions, (input, [size, kill, end = '...', leeway]) => {
  const chars = Array.from(asText(input));
  const mark = asText(end);
  const limit = count(size, 255);
  if (limit < length(mark)) throw new TemplateError(`truncate: the length must be at least ${length(mark)}`);
  const spare = count(leeway, 5);
  if (spare < 0) throw new TemplateError('truncate: leeway must not be negative');
  if (chars.length <= limit + spare) return input;
  const cut = chars.slice(0, limit - length(mark)).join('');
  const start = flag(kill) || !cut.includes(' ') ? cut : cut.slice(0, cut.lastIndexOf(' '));
  return isMarkup(input) ? markup(start + str(escaped(end))) : start + mark;
});

/** A method of Python's str, called with the arguments that were given (up to the first that was not). */
function method(name: string, input: Value, args: (Value | undefined)[]): Value {
  const end = args.indexOf(undefined);
  const self = isMarkup(input) ? input : text(input);
  return methodOf(self, name)!(self, (end < 0 ? args : args.slice(0, end)) as Value[], new Map());
}

/** `%r` describes what is undefined; every other use of it is an error. */
function describeUndefined(template: string, args: Arg[]): { template: string; args: Arg[] } {
  if (!args.some((arg) => arg instanceof Undefined)) return { template, args };
  const described = [...args];
  let at = 0;
  const text = template.replace(/%(?:%|[-+ #0]*\d*(?:\.\d+)?[a-zA-Z])/g, (spec) => {
    if (spec === '%%') return spec;
    const arg = args[at++];
    if (!(arg instanceof Undefined) || !spec.endsWith('r')) return spec;
    described[at - 1] = `AnsibleUndefined(hint=None, obj=missing, name=${repr(arg.name)})`;
    return `${spec.slice(0, -1)}s`;
  });
  return { template: text, args: described };
}

const format: Filter = (input, args, kwargs) => {
  const template = text(input);
  const safe = isMarkup(input);
  const shape = (by: string, value: Value): Value => modulo(safe ? markup(by) : by, value);
  if (args.length && kwargs.size)
    throw new TemplateError('format takes either positional or keyword arguments, not both');
  if (kwargs.size) return shape(template, new Map(Array.from(kwargs, ([key, v]) => [key, use(v)])));
  const shown = describeUndefined(template, args);
  return shape(shown.template, new Tuple(shown.args.map(use)));
};

/** Filters on text. */
export const textFilters: Record<string, Filter> = {
  upper: markupFilter('', (s) => method('upper', s, [])),
  lower: markupFilter('', (s) => method('lower', s, [])),
  capitalize: markupFilter('', (s) => method('capitalize', s, [])),
  title: filter('', (s) => title(text(s))),
  center: markupFilter('width?', (s, [width = 80]) => method('center', s, [width])),
  trim: markupFilter('chars?', (s, [chars]) => method('strip', s, [chars])),
  string: filter('', (s) => text(s)),
  replace: filter('old new count?', (s, [old, fresh, max]) =>
    method('replace', s, [text(old), text(fresh), max ?? -1]),
  ),
  format,
  wordcount: filter('', (s) => text(s).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  indent,
  pprint: markupFilter('', (v) => prettyPrint(v)),
  truncate,
  split: filter('sep? maxsplit?', (s, [separator = null, max]) =>
    method('split', asText(s), [separator, max]),
  ),
};
