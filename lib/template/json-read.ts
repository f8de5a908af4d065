import { float, int } from '../values/number.js';
import { type Dict, PyFloat, type Value } from '../values/value.js';
import { TemplateError } from './library.js';

type Reader = { source: string; at: number };

const TOKEN =
  /[\t\n\r ]*(?:([{}[\],:])|("(?:[^"\\\x00-\x1f]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(true|false|null|NaN|Infinity|-Infinity)|($))/y;
const WORDS: Record<string, Value> = {
  true: true,
  false: false,
  null: null,
  NaN: new PyFloat(Number.NaN),
  Infinity: new PyFloat(Infinity),
  '-Infinity': new PyFloat(-Infinity),
};

function fail(reader: Reader, expected: string): never {
  const before = reader.source.slice(0, reader.at);
  const line = before.split('\n').length;
  throw new TemplateError(
    `not JSON: ${expected} was expected in line ${line} column ${reader.at - before.lastIndexOf('\n')}`,
  );
}

function next(reader: Reader, expected: string): RegExpExecArray {
  TOKEN.lastIndex = reader.at;
  const match = TOKEN.exec(reader.source);
  if (!match) fail(reader, expected);
  reader.at = TOKEN.lastIndex;
  return match;
}

function numberOf(source: string): Value {
  return /[.eE]/.test(source) ? float(Number(source)) : int(BigInt(source));
}

function stringOf(reader: Reader, quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    return fail(reader, 'a valid escape');
  }
}

function list(reader: Reader, depth: number): Value[] {
  const out: Value[] = [];
  let token = next(reader, 'a value');
  if (token[1] === ']') return out;
  for (;;) {
    out.push(value(reader, token, depth));
    const end = next(reader, "',' or ']'")[1];
    if (end === ']') return out;
    if (end !== ',') fail(reader, "',' or ']'");
    token = next(reader, 'a value');
  }
}

function dict(reader: Reader, depth: number): Dict {
  const out: Dict = new Map();
  let token = next(reader, 'a key');
  if (token[1] === '}') return out;
  for (;;) {
    if (token[2] === undefined) fail(reader, 'a key in double quotes');
    const key = stringOf(reader, token[2]);
    if (next(reader, "':'")[1] !== ':') fail(reader, "':'");
    out.set(key, value(reader, next(reader, 'a value'), depth));
    const end = next(reader, "',' or '}'")[1];
    if (end === '}') return out;
    if (end !== ',') fail(reader, "',' or '}'");
    token = next(reader, 'a key');
  }
}

function value(reader: Reader, token: RegExpExecArray, depth: number): Value {
  const [, mark, quoted, number, word] = token;
  if (depth > 900) fail(reader, 'less nesting');
  if (mark === '{') return dict(reader, depth + 1);
  if (mark === '[') return list(reader, depth + 1);
  if (quoted !== undefined) return stringOf(reader, quoted);
  if (number !== undefined) return numberOf(number);
  return word === undefined ? fail(reader, 'a value') : WORDS[word]!;
}

/** Reads JSON as Python's json.loads() does: floats keep their type, integers their digits, keys their order. */
export function readJson(source: string): Value {
  const reader: Reader = { source, at: 0 };
  const result = value(reader, next(reader, 'a value'), 0);
  if (next(reader, 'the end')[5] === undefined) fail(reader, 'the end');
  return result;
}
