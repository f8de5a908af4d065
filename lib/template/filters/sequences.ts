import { size, toList } from '../../values/iterate.js';
import { isMarkup, markup } from '../../values/markup.js';
import { asIndex } from '../../values/number.js';
import { stringOf } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { type Arg, type Filter, TemplateError } from '../library.js';
import { flag, isSequence, items, text, toNumber } from '../read.js';
import { add } from '../runtime/arithmetic.js';
import { use } from '../runtime/undefined.js';
import { filter, markupFilter } from '../signature.js';
import { getter } from './attribute.js';

function edge(list: Value[], at: number, which: string): Arg {
  return list.length ? list.at(at)! : new Undefined('', `No ${which} item, sequence was empty.`);
}

function batch(list: Value[], linecount: Value, fill: Value | undefined): Value[] {
  // Python compares the count with a length; what is no number never equals one, and all goes into one batch.
  const count = toNumber(linecount) ?? Number.POSITIVE_INFINITY;
  if (fill !== undefined && fill !== null) asIndex(linecount);
  if (list.length === 0) return [];
  if (!Number.isInteger(count) || count < 0) return [list];
  // A batch is full when it has as many items as asked for, which an empty one has if that is none.
  if (count === 0) return [[], list];
  const out: Value[][] = [];
  for (let i = 0; i < list.length; i += count) out.push(list.slice(i, i + count));
  const last = out.at(-1);
  if (last && fill !== undefined && fill !== null) refuseLong(count);
  if (last && fill !== undefined && fill !== null) while (last.length < count) last.push(fill);
  return out;
}

const LONGEST = 10_000_000;

function refuseLong(length: number): void {
  if (length > LONGEST) throw new TemplateError(`a list of more than ${LONGEST} items is too large`);
}

function slice(list: Value[], slices: number, fill: Value | undefined): Value[] {
  refuseLong(slices);
  if (slices === 0) throw new TemplateError('the number of slices must not be zero');
  const each = Math.floor(list.length / slices);
  const extra = list.length % slices;
  const out: Value[] = [];
  for (let i = 0, from = 0; i < slices; i++) {
    const end = from + each + (i < extra ? 1 : 0);
    const part = list.slice(from, end);
    if (fill !== undefined && fill !== null && i >= extra) part.push(fill);
    out.push(part);
    from = end;
  }
  return out;
}

const NULLS = ['None', 'null'];

/** Ansible's `flatten`: nested lists into one, at most `levels` deep, without nulls unless told. */
export function flatten(list: readonly Value[], levels: number | undefined, skipNulls: boolean): Value[] {
  const out: Value[] = [];
  for (const item of list) {
    if (skipNulls && (item === null || NULLS.includes(use(item) as string))) continue;
    if (isSequence(item) && (levels === undefined || levels >= 1))
      out.push(...flatten(items(item), levels === undefined ? undefined : levels - 1, skipNulls));
    else out.push(item);
  }
  return out;
}

/** How deep to go; Python looks at the argument only when there is a list in the list. */
function depthOf(list: Value, levels: Value | undefined): number | undefined {
  if (levels === undefined || levels === null || !items(list).some(isSequence)) return undefined;
  return asIndex(levels);
}

const join = filter('d? attribute?', (input, [separator = '', attribute]) => {
  const get = getter(attribute);
  const parts = items(input).map((item) => text(get(item)));
  return parts.join(text(separator));
});

function reverse(input: Value): Value {
  const string = stringOf(input);
  if (string === undefined) return toList(input).reverse();
  const turned = Array.from(string).reverse().join('');
  return isMarkup(input) ? markup(turned) : turned;
}

const sum = filter('attribute? start?', (input, [attribute, start = 0]) => {
  const get = getter(attribute);
  if (typeof start === 'string') throw new TemplateError('sum cannot add strings, use join');
  if (Array.isArray(start))
    return start.concat(...items(input).map((item) => add([], use(get(item))) as Value[]));
  return items(input).reduce((total, item) => add(total, use(get(item))), start);
});

/** Filters that take a sequence as a whole. */
export const sequenceFilters: Record<string, Filter> = {
  first: filter('', (input) => edge(items(input), 0, 'first')),
  last: filter('', (input) => edge(items(input), -1, 'last')),
  length: filter('', size),
  count: filter('', size),
  list: filter('', toList),
  join,
  reverse: markupFilter('', reverse),
  batch: filter('linecount fill_with?', (input, [count, fill]) =>
    batch(items(input), typeof count === 'string' ? null : count!, fill),
  ),
  slice: filter('slices fill_with?', (input, [slices, fill]) => slice(items(input), asIndex(slices), fill)),
  flatten: filter('levels? skip_nulls?', (input, [levels, skip]) =>
    flatten(items(input), depthOf(input, levels), flag(skip, true)),
  ),
  sum,
};
