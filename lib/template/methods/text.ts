import { length, toList } from '../../values/iterate.js';
import { ValueProblem } from '../../values/problem.js';
import { stringOf } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import { Bytes, Tuple, type Value } from '../../values/value.js';
import { encode as toBytes } from '../bytes.js';
import { bind, type Method, text, whole } from './bind.js';

type Str = Method<string>;

function stripper(name: string, left: boolean, right: boolean): Str {
  return (self, args, kwargs) => {
    const [chars] = bind(name, 'chars?', args, kwargs);
    if (chars === undefined || chars === null) {
      const start = left ? self.trimStart() : self;
      return right ? start.trimEnd() : start;
    }
    const set = new Set(text(name, chars));
    const units = [...self];
    let from = 0;
    let to = units.length;
    while (left && from < to && set.has(units[from]!)) from++;
    while (right && to > from && set.has(units[to - 1]!)) to--;
    return units.slice(from, to).join('');
  };
}

function padder(name: string, pad: (self: string, missing: number, fill: string) => string): Str {
  return (self, args, kwargs) => {
    const [width, fill] = bind(name, 'width fillchar?', args, kwargs);
    const missing = whole(name, width, 0) - [...self].length;
    const mark = fill === undefined ? ' ' : text(name, fill);
    if (length(mark) !== 1) throw new ValueProblem('The fill character must be exactly one character long');
    return missing <= 0 ? self : pad(self, missing, mark);
  };
}

function center(self: string, missing: number, fill: string): string {
  // Python puts the odd one to the left when the width is odd, to the right otherwise.
  const left = Math.floor(missing / 2) + (missing & ([...self].length + missing) & 1);
  return fill.repeat(left) + self + fill.repeat(missing - left);
}

function part(
  self: string,
  start: Value | undefined,
  end: Value | undefined,
): { text: string; from: number } {
  const units = start === undefined && end === undefined ? undefined : [...self];
  if (!units) return { text: self, from: 0 };
  const clamp = (v: Value | undefined, otherwise: number): number => {
    const n = v === null ? otherwise : whole('find', v, otherwise);
    return n < 0 ? Math.max(0, n + units.length) : Math.min(n, units.length);
  };
  const from = clamp(start, 0);
  return { text: units.slice(from, Math.max(from, clamp(end, units.length))).join(''), from };
}

function finder(name: string, last: boolean, strict: boolean): Str {
  return (self, args, kwargs) => {
    const [sub, start, end] = bind(name, 'sub start? end?', args, kwargs);
    const { text: within, from } = part(self, start, end);
    const wanted = text(name, sub);
    const at = last ? within.lastIndexOf(wanted) : within.indexOf(wanted);
    if (at === -1 && strict) throw new ValueProblem('substring not found', 'ValueError');
    return at === -1 ? -1 : from + length(within.slice(0, at));
  };
}

function edge(name: 'startswith' | 'endswith'): Str {
  return (self, args, kwargs) => {
    const [wanted, start, end] = bind(name, 'prefix start? end?', args, kwargs);
    const { text: within } = part(self, start, end);
    const options = wanted instanceof Tuple ? wanted.items : [wanted!];
    return options.some((option) =>
      name === 'startswith' ? within.startsWith(text(name, option)) : within.endsWith(text(name, option)),
    );
  };
}

function count(self: string, args: readonly Value[]): Value {
  const [sub, start, end] = bind('count', 'sub start? end?', args, new Map());
  const { text: within } = part(self, start, end);
  const wanted = text('count', sub);
  return wanted === '' ? [...within].length + 1 : within.split(wanted).length - 1;
}

function replace(self: string, args: readonly Value[]): Value {
  const [old, fresh, times] = bind('replace', 'old new count?', args, new Map());
  const from = text('replace', old);
  const to = text('replace', fresh);
  const limit = whole('replace', times, -1);
  if (limit < 0) return from === '' ? ['', ...self, ''].join(to) : self.split(from).join(to);
  const parts = from === '' ? ['', ...self, ''] : self.split(from);
  const head = parts.slice(0, limit + 1).join(to);
  return parts.length > limit + 1 ? [head, ...parts.slice(limit + 1)].join(from) : head;
}

function join(self: string, args: readonly Value[]): Value {
  const [items] = bind('join', 'iterable', args, new Map());
  return toList(items!)
    .map((item, i) => {
      const string = stringOf(item);
      if (string !== undefined) return string;
      throw new ValueProblem(`sequence item ${i}: expected str instance, ${typeName(item)} found`);
    })
    .join(self);
}

function encode(self: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
  const [encoding] = bind('encode', 'encoding? errors?', args, kwargs);
  return new Bytes(toBytes(self, encoding === undefined ? undefined : text('encode', encoding)));
}

function expandTabs(self: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
  const [size] = bind('expandtabs', 'tabsize?', args, kwargs);
  const width = whole('expandtabs', size, 8);
  let column = 0;
  return self.replace(/[\t\n\r]|[^\t\n\r]+/g, (piece) => {
    if (piece === '\t') {
      const fill = width > 0 ? width - (column % width) : 0;
      column += fill;
      return ' '.repeat(fill);
    }
    column = piece === '\n' || piece === '\r' ? 0 : column + piece.length;
    return piece;
  });
}

function zeroFill(self: string, args: readonly Value[]): Value {
  const [width] = bind('zfill', 'width', args, new Map());
  const sign = /^[-+]/.exec(self)?.[0] ?? '';
  const missing = whole('zfill', width, 0) - length(self);
  return sign + '0'.repeat(Math.max(0, missing)) + self.slice(sign.length);
}

function affix(name: string, cut: (self: string, affix: string) => string): Str {
  return (self, args) => cut(self, text(name, bind(name, 'affix', args, new Map())[0]));
}

/** Searching, stripping, padding and replacing: Python's str methods that give text or numbers. */
export const textMethods: readonly (readonly [string, Str])[] = [
  ['strip', stripper('strip', true, true)],
  ['lstrip', stripper('lstrip', true, false)],
  ['rstrip', stripper('rstrip', false, true)],
  ['ljust', padder('ljust', (self, missing, fill) => self + fill.repeat(missing))],
  ['rjust', padder('rjust', (self, missing, fill) => fill.repeat(missing) + self)],
  ['center', padder('center', center)],
  ['find', finder('find', false, false)],
  ['rfind', finder('rfind', true, false)],
  ['index', finder('index', false, true)],
  ['rindex', finder('rindex', true, true)],
  ['startswith', edge('startswith')],
  ['endswith', edge('endswith')],
  ['count', count],
  ['replace', replace],
  ['join', join],
  ['encode', encode],
  ['expandtabs', expandTabs],
  ['zfill', zeroFill],
  ['removeprefix', affix('removeprefix', (self, a) => (self.startsWith(a) ? self.slice(a.length) : self))],
  [
    'removesuffix',
    affix('removesuffix', (self, a) => (a !== '' && self.endsWith(a) ? self.slice(0, -a.length) : self)),
  ],
];
