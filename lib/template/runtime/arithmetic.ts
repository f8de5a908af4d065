import { pow } from '../../values/elementary.js';
import { escaped, isMarkup, markup } from '../../values/markup.js';
import { asNumber, float, int, isFloat, isInt } from '../../values/number.js';
import { percentFormat } from '../../values/percent.js';
import { str } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import { Bytes, Tuple, type Value } from '../../values/value.js';
import { type Item, use } from './undefined.js';

/** No template may build a text or list longer than this by repetition. */
const MAX_REPEAT = 50_000_000;

/** No list may grow longer than this by repetition or by adding. */
const MAX_ITEMS = 10_000_000;

type Numbers = {
  readonly whole: (a: bigint, b: bigint) => bigint;
  readonly real: (a: number, b: number) => number;
};

function refuse(op: string, a: Value, b: Value): never {
  throw new ValueProblem(`unsupported operand type(s) for ${op}: '${typeName(a)}' and '${typeName(b)}'`);
}

function isWhole(v: Value): v is number | bigint | boolean {
  return isInt(v) || typeof v === 'boolean';
}

function numeric(op: string, a: Value, b: Value, rules: Numbers): Value {
  if (isWhole(a) && isWhole(b)) return int(rules.whole(BigInt(a), BigInt(b)));
  const x = asNumber(a);
  const y = asNumber(b);
  if (x === undefined || y === undefined || !(isFloat(a) || isFloat(b))) return refuse(op, a, b);
  exact(a);
  exact(b);
  return float(rules.real(x, y));
}

/** A large integer that takes part in a calculation with floats must be one that a float can hold. */
function exact(v: Value): void {
  if (typeof v === 'bigint' && !Number.isFinite(Number(v)))
    throw new ValueProblem('int too large to convert to float', 'OverflowError');
}

function safe(n: number): boolean {
  return Number.isSafeInteger(n);
}

function joined(a: readonly Value[], b: readonly Value[]): Value[] {
  if (a.length + b.length > MAX_ITEMS)
    throw new ValueProblem(`a list of more than ${MAX_ITEMS} items is too large`, 'MemoryError');
  return a.concat(b);
}

function concat(a: Value, b: Value): Value | undefined {
  if (Array.isArray(a) && Array.isArray(b)) return joined(a, b);
  if (a instanceof Tuple && b instanceof Tuple) return new Tuple([...a.items, ...b.items]);
  if (a instanceof Bytes && b instanceof Bytes) return new Bytes(Buffer.concat([a.data, b.data]));
  if (typeof a === 'string' && isMarkup(b)) return escaped(a).face.add!(b);
  return a instanceof Special ? a.face.add?.(b) : undefined;
}

/** Python's `+`. */
export function add(left: Item, right: Item): Value {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (
    typeof left === 'number' &&
    typeof right === 'number' &&
    safe(left) &&
    safe(right) &&
    safe(left + right)
  )
    return left + right;
  const a = use(left);
  const b = use(right);
  return concat(a, b) ?? numeric('+', a, b, { whole: (x, y) => x + y, real: (x, y) => x + y });
}

/** Python's `-`. */
export function subtract(left: Item, right: Item): Value {
  const a = use(left);
  const b = use(right);
  if (typeof a === 'number' && typeof b === 'number' && safe(a) && safe(b) && safe(a - b)) return a - b;
  const special = a instanceof Special ? a.face.subtract?.(b) : undefined;
  return special ?? numeric('-', a, b, { whole: (x, y) => x - y, real: (x, y) => x - y });
}

function repeat(v: Value, times: number): Value | undefined {
  const n = Math.max(0, times);
  const length =
    typeof v === 'string' || Array.isArray(v) ? v.length : v instanceof Tuple ? v.items.length : 0;
  if (length * n > (typeof v === 'string' ? MAX_REPEAT : MAX_ITEMS))
    throw new ValueProblem('the repeated value would be too large', 'MemoryError');
  if (typeof v === 'string') return v.repeat(n);
  if (isMarkup(v)) return markup(repeat(v.face.string!, times) as string);
  if (Array.isArray(v)) return Array.from({ length: n }, () => v).flat();
  return v instanceof Tuple ? new Tuple(Array.from({ length: n }, () => v.items).flat()) : undefined;
}

/** No integer may have more binary digits: calculating with larger ones takes too long. */
const MAX_BITS = 1_000_000;

function whole(n: bigint): bigint {
  if (BigInt.asIntN(MAX_BITS, n) !== n)
    throw new ValueProblem(`an integer of more than ${MAX_BITS} binary digits is too large`, 'MemoryError');
  return n;
}

/** Python's `*`, also for repeating text and lists. */
export function multiply(left: Item, right: Item): Value {
  const a = use(left);
  const b = use(right);
  if (typeof a === 'number' && typeof b === 'number' && safe(a) && safe(b) && safe(a * b)) return a * b;
  const repeated = isWhole(b) ? repeat(a, Number(b)) : undefined;
  const turned = repeated ?? (isWhole(a) ? repeat(b, Number(a)) : undefined);
  return turned ?? numeric('*', a, b, { whole: (x, y) => whole(x * y), real: (x, y) => x * y });
}

function zero(y: number): void {
  if (y === 0) throw new ValueProblem('division by zero', 'ZeroDivisionError');
}

/** The quotient of two integers as the nearest float, however large they are. */
function ratio(a: bigint, b: bigint): number {
  const [x, y] = [Number(a), Number(b)];
  if (BigInt(Number.isFinite(x) ? x : 0) === a && BigInt(Number.isFinite(y) ? y : 0) === b) return x / y;
  // Seventy digits more than a float has leave one rounding, the last.
  const shift = BigInt(Math.max(0, b.toString(2).length - a.toString(2).length + 70));
  const rest = (a << shift) % b === 0n ? 0n : 1n;
  const q = Number(((a << shift) / b) | rest) / 2 ** Number(shift);
  if (!Number.isFinite(q))
    throw new ValueProblem('integer division result too large for a float', 'OverflowError');
  return q;
}

/** Python's `/`: always a float. */
export function divide(left: Item, right: Item): Value {
  const a = use(left);
  const b = use(right);
  const x = asNumber(a);
  const y = asNumber(b);
  if (x === undefined || y === undefined) return refuse('/', a, b);
  zero(y);
  if (isWhole(a) && isWhole(b)) return float(ratio(BigInt(a), BigInt(b)));
  exact(a);
  exact(b);
  return float(x / y);
}

/** The quotient of floats, rounded down from the exact remainder as Python does: the quotient itself may be rounded up. */
function realFloor(x: number, y: number): number {
  const rest = x % y;
  const quotient = (x - rest) / y - (rest !== 0 && y < 0 !== rest < 0 ? 1 : 0);
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const down = Math.floor(quotient);
  return quotient - down > 0.5 ? down + 1 : down;
}

/** Python's `//`: rounds down. */
export function floorDivide(left: Item, right: Item): Value {
  const whole = (x: bigint, y: bigint): bigint => {
    zero(Number(y));
    const q = x / y;
    return x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q;
  };
  const real = (x: number, y: number): number => {
    zero(y);
    return realFloor(x, y);
  };
  return numeric('//', use(left), use(right), { whole, real });
}

/** Python's `%`: the sign of the divisor; text is formatted. */
export function modulo(left: Item, right: Item): Value {
  const a = use(left);
  if (typeof a === 'string') return percentFormat(a, use(right));
  if (isMarkup(a)) return markup(percentFormat(str(a), use(right), (v) => str(escaped(v))));
  const whole = (x: bigint, y: bigint): bigint => {
    zero(Number(y));
    const rest = x % y;
    return rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
  };
  const real = (x: number, y: number): number => {
    zero(y);
    const rest = x % y;
    if (rest === 0) return y < 0 ? -0 : 0;
    return rest < 0 !== y < 0 ? rest + y : rest;
  };
  return numeric('%', a, use(right), { whole, real });
}

/** Python's `**`. */
export function power(left: Item, right: Item): Value {
  const a = use(left);
  const b = use(right);
  if (isWhole(a) && isWhole(b) && Number(b) >= 0) {
    if (Number(b) * Math.log2(Math.abs(Number(a)) + 1) > MAX_BITS)
      throw new ValueProblem('the power would be too large', 'MemoryError');
    return int(BigInt(a) ** BigInt(b));
  }
  const x = asNumber(a);
  const y = asNumber(b);
  if (x === undefined || y === undefined) return refuse('** or pow()', a, b);
  if (x === 0 && y < 0)
    throw new ValueProblem('0.0 cannot be raised to a negative power', 'ZeroDivisionError');
  const result = pow(x, y);
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y))
    throw new ValueProblem(
      x < 0 && !Number.isInteger(y) ? 'the power has no real value' : 'the power is too large for a float',
      'OverflowError',
    );
  return float(result);
}

/** A sign before an operand. */
export function signed(sign: '-' | '+', operand: Item): Value {
  const v = use(operand);
  if (isFloat(v)) return float(sign === '-' ? -asNumber(v)! : asNumber(v)!);
  if (!isWhole(v)) throw new ValueProblem(`bad operand type for unary ${sign}: '${typeName(v)}'`);
  return int(sign === '-' ? -BigInt(v) : BigInt(v));
}
