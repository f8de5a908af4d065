import { percentFormat } from '../../values/percent.js';
import { repr } from '../../values/print.js';
import type { Value } from '../../values/value.js';
import { type Lookup, TemplateError } from '../library.js';
import { text } from '../read.js';
import { keyValues } from './key-values.js';
import { lookup, type Options, termText } from './options.js';

type Sequence = {
  start: number;
  end: number | undefined;
  count: number | undefined;
  stride: number;
  format: string;
};

const SHORT = /^(?:(0?x?[0-9a-f]+)-)?(0?x?[0-9a-f]+)(?:\/(0?x?[0-9a-f]+))?(?::(.+))?$/i;
/** No sequence may be longer, since it is held in memory. */
const MOST = 5_000_000;

const NAMES = ['start', 'end', 'count', 'stride', 'format'];

function whole(source: string, name: string): number {
  const octal = /^0o?[0-7]+$/i.test(source) && source.length > 1 && !/^0+$/.test(source);
  const n = octal && /o/i.test(source) ? Number(source) : octal ? Number.NaN : Number(source);
  if (!/^[+-]?(0x[0-9a-f]+|0o[0-7]+|\d+)$/i.test(source) || Number.isNaN(n))
    throw new TemplateError(`can't parse ${name}=${source} as integer`);
  return n;
}

function fromNames(get: (name: string) => string | undefined): Sequence {
  const number = (name: string) => {
    const v = get(name);
    return v === undefined ? undefined : whole(v, name);
  };
  return {
    start: number('start') ?? 1,
    end: number('end'),
    count: number('count'),
    stride: number('stride') ?? 1,
    format: get('format') ?? '%d',
  };
}

function parse(term: string): Sequence {
  const short = SHORT.exec(term);
  if (short) {
    const [, start, end, stride, format = '%d'] = short;
    const given = { start, end, stride, format };
    return fromNames((name) => given[name as keyof typeof given]);
  }
  const { options, words } = keyValues(term);
  const unknown = [...options.keys(), ...words].filter((name) => !NAMES.includes(name));
  if (unknown.length > 0)
    throw new TemplateError(`unrecognized arguments to with_sequence: ${repr(unknown)}`);
  return fromNames((name) => options.get(name));
}

function numbers(s: Sequence): Value[] {
  if (s.count === undefined && s.end === undefined)
    throw new TemplateError('must specify count or end in with_sequence');
  if (s.count !== undefined && s.end !== undefined)
    throw new TemplateError("can't specify both count and end in with_sequence");
  if (s.count === 0 || s.stride === 0) return [];
  const end = s.count === undefined ? s.end! : s.start + s.count * s.stride - 1;
  if (s.stride > 0 && end < s.start) throw new TemplateError('to count backwards make stride negative');
  if (s.stride < 0 && end > s.start) throw new TemplateError("to count forward don't make stride negative");
  if (s.format.split('%').length !== 2) throw new TemplateError(`bad formatting string: ${s.format}`);
  if (Math.abs((end - s.start) / s.stride) > MOST)
    throw new TemplateError(`a sequence of more than ${MOST} numbers is too many`);
  const out: Value[] = [];
  for (let i = s.start; s.stride > 0 ? i <= end : i >= end; i += s.stride)
    out.push(percentFormat(s.format, i));
  return out;
}

function fromOptions(options: Options): Sequence {
  return fromNames((name) => {
    const v = options.get(name);
    return v === undefined || v === null ? undefined : text(v);
  });
}

/** The lookup that counts: `start-end/stride:format`, or the same by name. */
export const sequenceLookups: Record<string, Lookup> = {
  sequence: lookup(NAMES.join(' '), (terms, options) =>
    terms.length ? terms.flatMap((term) => numbers(parse(termText(term)))) : numbers(fromOptions(options)),
  ),
};
