import { isFloat, isInt } from '../../values/number.js';
import { truthy } from '../../values/truth.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { type Below, randomSource } from '../random.js';
import { count, items } from '../read.js';
import { filter } from '../signature.js';

function inRange(below: Below, start: number, end: number, step: number): number {
  const size = step > 0 ? Math.ceil((end - start) / step) : Math.ceil((start - end) / -step);
  if (size <= 0) throw new TemplateError(`random: there is no number from ${start} up to ${end}`);
  return start + step * below(size);
}

const random = filter('start? step? seed?', (input, [start, step, seed]) => {
  const below = randomSource(seed);
  if (isInt(input) || typeof input === 'boolean')
    return inRange(below, count(start, 0), Number(input), count(step, 1) || 1);
  if (truthy(start ?? null) || truthy(step ?? null))
    throw new TemplateError('start and step can only be used with integer values');
  if (!isListed(input)) throw new TemplateError('random can only be used on sequences and integers');
  const list = items(input);
  if (list.length === 0) throw new TemplateError('random: the list is empty');
  return list[below(list.length)]!;
});

/** Whether a value has items: neither nothing nor a number. */
const isListed = (input: Value): boolean => input !== null && !isFloat(input) && !isInt(input);

function shuffle(list: Value[], below: Below): Value[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

/** Filters by chance; a seed makes them give what Python gives for it. */
export const randomFilters: Record<string, Filter> = {
  random,
  shuffle: filter('seed?', (input, [seed]) => {
    // What has no items is nothing to shuffle, and stays what it is.
    if (typeof input === 'boolean' || !isListed(input)) return input;
    const source = randomSource(truthy(seed ?? null) ? seed : undefined);
    return shuffle([...items(input)], source);
  }),
};
