import { fixed, general, scientific } from './digits.js';
import { asNumber, isFloat, isInt } from './number.js';
import { reprFloat, str } from './print.js';
import { ValueProblem } from './problem.js';
import { Special, stringOf } from './special.js';
import { typeName } from './typename.js';
import type { Value } from './value.js';

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/u;

type Spec = {
  fill: string;
  align: string;
  sign: string;
  alternate: boolean;
  width: number;
  group: string;
  precision: number | undefined;
  kind: string;
};

function parseSpec(text: string, v: Value): Spec {
  const match = SPEC.exec(text);
  if (!match) throw new ValueProblem(`Invalid format specifier '${text}'`, 'ValueError');
  const [, fill, align, sign = '-', alternate, zero, width, group = '', precision, kind = ''] = match;
  const numeric = typeof v !== 'string';
  return {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero ? '=' : numeric ? '>' : '<'),
    sign,
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    group,
    precision: precision === undefined ? undefined : Number(precision),
    kind,
  };
}

/** Cuts digits into groups of a size, from the right. */
function separated(digits: string, size: number, mark: string): string {
  const first = digits.length % size || size;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += size) groups.push(digits.slice(at, at + size));
  return groups.join(mark);
}

/** Puts separators into the whole part; zeros that fill up to `room` columns get separators too. */
function grouped(digits: string, spec: Spec, room: number): string {
  const whole = spec.kind.toLowerCase() === 'x' ? /^([0-9a-fA-F]*)(.*)$/ : /^(\d*)(.*)$/;
  const [, head = '', rest = ''] = whole.exec(digits) ?? [];
  const zeros = spec.fill === '0' && spec.align === '=';
  const size = 'bxXo'.includes(spec.kind) && spec.kind !== '' ? 4 : 3;
  if (spec.group === '') return (zeros && head !== '' ? head.padStart(room - rest.length, '0') : head) + rest;
  let length = head.length;
  while (zeros && head !== '' && length + Math.floor((length - 1) / size) + rest.length < room) length++;
  return separated(head.padStart(length, '0'), size, spec.group) + rest;
}

function refuseGroup(spec: Spec): void {
  const bad =
    spec.kind === 'n' || spec.kind === 'c' || (spec.group === ',' && 'bxXo'.includes(spec.kind || '?'));
  if (spec.group !== '' && bad)
    throw new ValueProblem(`Cannot specify '${spec.group}' with '${spec.kind}'.`, 'ValueError');
}

function wholeDigits(n: bigint, spec: Spec): { prefix: string; digits: string } {
  const base = { b: 2, o: 8, x: 16, X: 16 }[spec.kind] ?? 10;
  const digits = n.toString(base);
  const prefix = spec.alternate && base !== 10 ? `0${spec.kind}` : '';
  return { prefix, digits: spec.kind === 'X' ? digits.toUpperCase() : digits };
}

function realDigits(n: number, spec: Spec): string {
  const lower = spec.kind.toLowerCase();
  const places = spec.precision ?? 6;
  if (lower === '') {
    if (spec.precision === undefined) return reprFloat(n);
    const text = general(n, spec.precision || 1);
    return /[.e]|inf|nan/.test(text) ? text : `${text}.0`;
  }
  if (lower === '%') return `${fixed(n * 100, places, spec.alternate)}%`;
  const text =
    lower === 'f'
      ? fixed(n, places, spec.alternate)
      : lower === 'e'
        ? scientific(n, places, spec.alternate)
        : general(n, places || 1, spec.alternate);
  return spec.kind === lower ? text : text.toUpperCase();
}

function padded(sign: string, body: string, spec: Spec): string {
  const missing = spec.width - [...sign, ...body].length;
  if (missing <= 0) return sign + body;
  const fill = (n: number): string => spec.fill.repeat(n);
  if (spec.align === '=') return sign + fill(missing) + body;
  if (spec.align === '<') return sign + body + fill(missing);
  if (spec.align === '>') return fill(missing) + sign + body;
  const left = Math.floor(missing / 2);
  return fill(left) + sign + body + fill(missing - left);
}

function number(v: Value, spec: Spec): string {
  refuseGroup(spec);
  const isReal = isFloat(v) || 'eEfFgG%'.includes(spec.kind || '?');
  if (isReal && 'bcdoxX'.includes(spec.kind || '?'))
    throw new ValueProblem(`Unknown format code '${spec.kind}' for object of type 'float'`, 'ValueError');
  const n = asNumber(v)!;
  const negative = n < 0 || Object.is(n, -0);
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  if (spec.kind === 'c')
    return padded('', String.fromCodePoint(n), { ...spec, align: spec.align === '>' ? '<' : spec.align });
  if (isReal)
    return padded(sign, grouped(realDigits(Math.abs(n), spec), spec, spec.width - sign.length), spec);
  const size = BigInt(v as bigint);
  const { prefix, digits } = wholeDigits(size < 0n ? -size : size, spec);
  const lead = sign + prefix;
  return padded(lead, grouped(digits, spec, spec.width - lead.length), spec);
}

/** Python's format(value, spec): the mini-language behind the colon of `str.format`. */
export function formatValue(v: Value, specText: string): string {
  if (specText === '') return str(v);
  if (v instanceof Special && v.face.attr?.('strftime')) {
    const strftime = v.face.attr('strftime');
    if (strftime instanceof Special) return str(strftime.face.call?.([specText], new Map()) ?? '');
  }
  const spec = parseSpec(specText, v);
  if (typeof v === 'boolean' && spec.kind !== '') return number(v ? 1 : 0, spec);
  if (isInt(v) || isFloat(v)) {
    if (spec.kind === 's')
      throw new ValueProblem("Unknown format code 's' for object of type 'int'", 'ValueError');
    return number(v, spec);
  }
  if (stringOf(v) === undefined && typeof v !== 'boolean')
    throw new ValueProblem(`unsupported format string passed to ${typeName(v)}.__format__`);
  if (spec.kind !== '' && spec.kind !== 's')
    throw new ValueProblem(`Unknown format code '${spec.kind}' for object of type 'str'`, 'ValueError');
  const text = spec.precision === undefined ? str(v) : [...str(v)].slice(0, spec.precision).join('');
  return padded('', text, spec.align === '=' ? { ...spec, align: '<' } : spec);
}
