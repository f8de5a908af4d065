import { assign } from '../../values/equal.js';
import { asNumber, float, int, isNumber } from '../../values/number.js';
import { makeSet } from '../../values/set.js';
import { Bytes, type Dict, Tuple, type Value } from '../../values/value.js';
import { unescapeString } from '../lex/unescape.js';
import { signed } from './arithmetic.js';
import { hashable } from './dicts.js';

/** Thrown inside for a text that is no literal. */
class NoLiteral extends Error {}

const SPACE = /(?:[ \t\f\r\n]|\\\r?\n|#[^\n]*)*/y;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][-+]?\d(?:_?\d)*)?|\d(?:_?\d)*\.?(?:[eE][-+]?\d(?:_?\d)*)?/y;
const STRING =
  /([rRuUbB]{0,2})('''(?:[^\\]|\\[\s\S])*?'''|"""(?:[^\\]|\\[\s\S])*?"""|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*")/y;
const WORD = /[A-Za-z_]\w*/y;
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['true', true],
  ['false', false],
  ['null', null],
]);

type Reader = { readonly text: string; pos: number; depth: number; readonly strict?: boolean };

function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.pos;
  const match = pattern.exec(reader.text);
  if (match) reader.pos = pattern.lastIndex;
  return match ?? undefined;
}

function skip(reader: Reader): void {
  take(reader, SPACE);
}

function next(reader: Reader, char: string): boolean {
  skip(reader);
  if (reader.text[reader.pos] !== char) return false;
  reader.pos++;
  return true;
}

function strings(reader: Reader): Value | undefined {
  let out: string | undefined;
  let binary = false;
  for (;;) {
    skip(reader);
    const match = take(reader, STRING);
    if (!match) break;
    const prefix = match[1]!.toLowerCase();
    const quote = match[2]!.startsWith("'''") || match[2]!.startsWith('"""') ? 3 : 1;
    const body = match[2]!.slice(quote, -quote);
    if (out !== undefined && binary !== prefix.includes('b')) throw new NoLiteral();
    binary = prefix.includes('b');
    out = (out ?? '') + (prefix.includes('r') ? body : unescapeString(body));
  }
  return out !== undefined && binary ? new Bytes(Buffer.from(out, 'latin1')) : out;
}

function numeral(reader: Reader): Value | undefined {
  const match = take(reader, NUMBER);
  if (!match) return undefined;
  const digits = match[0].replaceAll('_', '');
  if (/^0[xob]/i.test(digits)) return int(BigInt(digits));
  if (/^\d+$/.test(digits)) {
    if (/^0\d/.test(digits) && !/^0+$/.test(digits)) throw new NoLiteral();
    return int(BigInt(digits));
  }
  return float(Number(digits));
}

function sequence(reader: Reader, close: string): { items: Value[]; comma: boolean } {
  const items: Value[] = [];
  let comma = false;
  while (!next(reader, close)) {
    if (items.length > 0 && !comma) throw new NoLiteral();
    items.push(value(reader));
    comma = next(reader, ',');
  }
  return { items, comma };
}

function braces(reader: Reader): Value {
  const dict: Dict = new Map();
  if (next(reader, '}')) return dict;
  const first = value(reader);
  if (!next(reader, ':')) {
    const rest = next(reader, ',') ? sequence(reader, '}').items : next(reader, '}') ? [] : undefined;
    if (!rest) throw new NoLiteral();
    return makeSet([first, ...rest].map(hashable));
  }
  assign(dict, hashable(first), value(reader));
  while (!next(reader, '}')) {
    if (!next(reader, ',')) throw new NoLiteral();
    if (next(reader, '}')) break;
    const key = value(reader);
    if (!next(reader, ':')) throw new NoLiteral();
    assign(dict, hashable(key), value(reader));
  }
  return dict;
}

function word(reader: Reader): Value {
  const name = take(reader, WORD)?.[0] ?? '';
  const found = WORDS.get(name);
  if (found === undefined || (reader.strict && /^[a-z]/.test(name))) throw new NoLiteral();
  return found;
}

function value(reader: Reader): Value {
  if (++reader.depth > 90) throw new NoLiteral();
  const result = atom(reader);
  reader.depth--;
  return result;
}

function atom(reader: Reader): Value {
  skip(reader);
  const char = reader.text[reader.pos];
  if (char === '-' || char === '+') {
    reader.pos++;
    const operand = value(reader);
    if (!isNumber(operand) || asNumber(operand) === undefined) throw new NoLiteral();
    return signed(char, operand);
  }
  if (next(reader, '[')) return sequence(reader, ']').items;
  if (next(reader, '{')) return braces(reader);
  if (next(reader, '(')) {
    const { items, comma } = sequence(reader, ')');
    return items.length === 1 && !comma ? items[0]! : new Tuple(items);
  }
  return strings(reader) ?? numeral(reader) ?? word(reader);
}

/** Commas need no parentheses around them: `[1], [2]` is a tuple of two lists. */
function whole(reader: Reader): Value {
  const items = [value(reader)];
  let comma = false;
  while (next(reader, ',')) {
    comma = true;
    skip(reader);
    if (reader.pos === reader.text.length) break;
    items.push(value(reader));
  }
  return comma ? new Tuple(items) : items[0]!;
}

/** The value of a text that is one Python literal (with JSON's true, false and null unless `strict`), or undefined. */
export function literal(text: string, strict = false): Value | undefined {
  const reader: Reader = { text, pos: 0, depth: 0, strict };
  try {
    const result = whole(reader);
    skip(reader);
    return reader.pos === text.length ? result : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a text that is one Python literal but no string (jinja2_native leaves those in their quotes). */
export function pythonLiteral(text: string): Value | undefined {
  const found = /^[ \t]/.test(text) ? undefined : literal(text, true);
  return typeof found === 'string' ? undefined : found;
}

/** The value of a text that looks like a list, dict or bool and is one; all other text as it is. */
export function literalOr(text: string): Value {
  if (text === 'True') return true;
  if (text === 'False') return false;
  return text.startsWith('{') || text.startsWith('[') ? (literal(text) ?? text) : text;
}
