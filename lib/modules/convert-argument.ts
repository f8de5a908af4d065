import { toJson } from '../values/convert.js';
import type { Json } from '../values/json.js';
import { asNumber, isFloat, isInt } from '../values/number.js';
import { str } from '../values/print.js';
import { ValueProblem } from '../values/problem.js';
import { typeName } from '../values/typename.js';
import { Tuple, type Value } from '../values/value.js';
import type { ArgType } from './args.js';

const TRUE = new Set(['y', 'yes', 'on', '1', 'true', 't']);
const FALSE = new Set(['n', 'no', 'off', '0', 'false', 'f']);
const UNITS = 'BKMGTPEZY';

function refuse(value: Value, wanted: string): never {
  throw new ValueProblem(`<class '${typeName(value)}'> cannot be converted to ${wanted}`);
}

/** Ansible's words for true and false (`yes`, `off`, `1` ...), or undefined for anything else. */
export function boolWord(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : String(asNumber(value));
  return TRUE.has(word) ? true : FALSE.has(word) ? false : undefined;
}

function toBool(value: Value): boolean {
  if (typeof value !== 'string' && asNumber(value) === undefined) refuse(value, 'a bool');
  const found = boolWord(value);
  if (found !== undefined) return found;
  throw new ValueProblem(
    `The value '${str(value)}' is not a valid boolean.  Valid booleans include: ${[...TRUE, ...FALSE].map((w) => `'${w}'`).join(', ')}`,
  );
}

function toInt(value: Value): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isInt(value)) return Number(value);
  if (typeof value === 'string' && /^\s*[-+]?\d+(_\d+)*\s*$/.test(value))
    return Number(value.replaceAll('_', ''));
  return refuse(value, 'an int');
}

function toFloat(value: Value): number {
  if (isInt(value) || isFloat(value) || typeof value === 'boolean') return asNumber(value)!;
  if (typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value))
    return Number(value);
  return refuse(value, 'a float');
}

/** A size such as `10M`, `1.5 GB` or `512` in bytes; with the unit `b`, such as `1Mb`, in bits. */
function sizeOf(text: string, unitWord: 'B' | 'b' = 'B'): number {
  const match = /^\s*(\d+\.?\d*|\.\d+)\s*([A-Za-z]+)?/.exec(text);
  if (!match) throw new ValueProblem(`'${text}' cannot be read as a size`);
  const unit = match[2] ?? unitWord;
  const power = UNITS.indexOf(unit[0]!.toUpperCase());
  const named = unit.length === 1 || unit[1] === unitWord || (unitWord === 'B' ? /byte/i : /bit/i).test(unit);
  if (power < 0 || !named)
    throw new ValueProblem(
      `'${text}' has an unknown unit, one of ${UNITS} (optionally with ${unitWord}) was expected`,
    );
  return Math.round(Number(match[1]) * 1024 ** power);
}

function toSize(value: Value, unitWord: 'B' | 'b'): number {
  try {
    return sizeOf(str(value), unitWord);
  } catch (error) {
    if (error instanceof ValueProblem) refuse(value, unitWord === 'B' ? 'a Byte value' : 'a Bit value');
    throw error;
  }
}

function toList(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return [...value.items];
  if (typeof value === 'string') return value.split(',');
  if (asNumber(value) !== undefined) return [str(value)];
  return refuse(value, 'a list');
}

type Scan = { readonly fields: string[]; field: string; quote: string; escaped: boolean };

function scan(state: Scan, ch: string): Scan {
  if (state.escaped) return Object.assign(state, { field: state.field + ch, escaped: false });
  if (ch === '\\') return Object.assign(state, { escaped: true });
  if (state.quote === ch) return Object.assign(state, { quote: '' });
  if (state.quote === '' && (ch === '"' || ch === "'")) return Object.assign(state, { quote: ch });
  if (state.quote !== '' || (ch !== ',' && ch !== ' '))
    return Object.assign(state, { field: state.field + ch });
  state.fields.push(state.field);
  return Object.assign(state, { field: '' });
}

/** Splits `k=v, k2="v 2"` into fields at commas and blanks outside quotes; quotes and backslashes are taken off. */
function fieldsOf(text: string): string[] {
  const state = [...text.trim()].reduce(scan, { fields: [], field: '', quote: '', escaped: false });
  return [...state.fields, state.field].filter((field) => field !== '');
}

function dictOfText(text: string): Map<Value, Value> {
  if (text.startsWith('{')) {
    try {
      return new Map(Object.entries(JSON.parse(text) as Record<string, Value>));
    } catch {
      throw new ValueProblem('unable to evaluate string as dictionary');
    }
  }
  if (!text.includes('=')) throw new ValueProblem('dictionary requested, could not parse JSON or key=value');
  return new Map(
    fieldsOf(text).map((field) => {
      const at = field.indexOf('=');
      if (at < 0) throw new ValueProblem(`'${field}' is not key=value`);
      return [field.slice(0, at), field.slice(at + 1)];
    }),
  );
}

function toDict(value: Value): Value {
  if (value instanceof Map) return value;
  return typeof value === 'string' ? dictOfText(value) : refuse(value, 'a dict');
}

function toJsonText(value: Value): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value) || value instanceof Map || value instanceof Tuple)
    return JSON.stringify(toJson(value));
  return refuse(value, 'a json string');
}

/**
 * Converts one value as Ansible converts an argument of that type (module_utils/common/validation.py). A list's elements
 * and a dict's options are left to the caller. Throws a ValueProblem that says why it cannot be.
 */
export function convertArgument(type: ArgType, value: Value): Value {
  switch (type) {
    case 'str':
    case 'path':
      return str(value);
    case 'int':
      return toInt(value);
    case 'float':
      return toFloat(value);
    case 'bool':
      return toBool(value);
    case 'list':
      return toList(value);
    case 'dict':
      return toDict(value);
    case 'bytes':
      return toSize(value, 'B');
    case 'bits':
      return toSize(value, 'b');
    case 'jsonarg':
      return toJsonText(value);
    default:
      return value;
  }
}

/** True when a text choice and Python's 'True' or 'False' mean the same, as for `yes` written without quotes. */
export function choiceOfBool(text: string, choices: readonly Json[]): Json | undefined {
  if (text !== 'True' && text !== 'False') return undefined;
  const words = text === 'True' ? TRUE : FALSE;
  const fitting = choices.filter((c) => c === (text === 'True') || (typeof c === 'string' && words.has(c)));
  return fitting.length === 1 ? fitting[0] : undefined;
}
