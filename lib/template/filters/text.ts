import { length } from '../../values/iterate.js';
import { asIndex } from '../../values/number.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, count, flag, text } from '../read.js';
import { filter } from '../signature.js';
import { replaceText, split, splitLines, strip } from '../strings.js';

function capital(s: string, rest: (tail: string) => string): string {
  const [head = '', ...tail] = s;
  return head.toUpperCase() + rest(tail.join(''));
}

const lower = (s: string): string => s.toLowerCase();

function title(s: string): string {
  return s
    .split(/([-\s({[<]+)/)
    .map((part) => capital(part, lower))
    .join('');
}

function center(s: string, width: number): string {
  const room = width - length(s);
  if (room <= 0) return s;
  // Python puts the odd space on the left when the width is odd.
  const left = Math.floor(room / 2) + (room & width & 1);
  return ' '.repeat(left) + s + ' '.repeat(room - left);
}

const indent = filter('width? first? blank?', (input, [width = 4, first, blank]) => {
  const margin = typeof width === 'string' ? width : ' '.repeat(Math.max(0, asIndex(width)));
  const lines = splitLines(`${asText(input)}\n`);
  const every = flag(blank);
  const out = lines.map((line, i) => (i > 0 && (every || line !== '') ? margin + line : line)).join('\n');
  return flag(first) ? margin + out : out;
});

const truncate = filter('length? killwords? end? leeway?', (input, [size, kill, end = '...', leeway]) => {
  const chars = Array.from(asText(input));
  const mark = asText(end);
  const limit = count(size, 255);
  if (limit < length(mark)) throw new TemplateError(`truncate: the length must be at least ${length(mark)}`);
  const spare = count(leeway, 5);
  if (spare < 0) throw new TemplateError('truncate: leeway must not be negative');
  if (chars.length <= limit + spare) return input;
  const cut = chars.slice(0, limit - length(mark)).join('');
  return flag(kill) || !cut.includes(' ') ? cut + mark : cut.slice(0, cut.lastIndexOf(' ')) + mark;
});

const optional = (v: Value | undefined): string | undefined =>
  v === undefined || v === null ? undefined : asText(v);

const splitFilter = filter('sep? maxsplit?', (input, [separator, max]) => {
  const at = optional(separator);
  if (at === '') throw new TemplateError('split: the separator must not be empty');
  return split(text(input), at, count(max, -1));
});

/** Filters on text. */
export const textFilters: Record<string, Filter> = {
  upper: filter('', (s) => text(s).toUpperCase()),
  lower: filter('', (s) => text(s).toLowerCase()),
  capitalize: filter('', (s) => capital(text(s), lower)),
  title: filter('', (s) => title(text(s))),
  center: filter('width?', (s, [width]) => center(text(s), count(width, 80))),
  trim: filter('chars?', (s, [chars]) => strip(text(s), optional(chars))),
  string: filter('', (s) => text(s)),
  replace: filter('old new count?', (s, [old, fresh, max]) =>
    replaceText(text(s), text(old), text(fresh), count(max, -1)),
  ),
  wordcount: filter('', (s) => text(s).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  indent,
  truncate,
  split: splitFilter,
};
