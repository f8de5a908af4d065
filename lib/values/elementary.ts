/** Fixed-point numbers with this many binary digits behind the point: a hundred more than a float has. */
const DIGITS = 160n;
const ONE = 1n << DIGITS;

/** Natural logarithm of a fixed-point number between 3/4 and 3/2, by the series of the inverse hyperbolic tangent. */
function logNearOne(x: bigint): bigint {
  const z = ((x - ONE) << DIGITS) / (x + ONE);
  const square = (z * z) >> DIGITS;
  let sum = 0n;
  let power = z;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> DIGITS;
  }
  return 2n * sum;
}

const LN_2 = -logNearOne(ONE / 2n + ONE / 4n) - logNearOne(ONE - ONE / 3n);

/** A positive float as a whole number times a power of two. */
function parts(n: number): { whole: bigint; shift: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  if (exponent === 0) return { whole: fraction, shift: -1074 };
  return { whole: fraction | (1n << 52n), shift: exponent - 1075 };
}

/** Natural logarithm of a positive float as a fixed-point number. */
function logFixed(n: number): bigint {
  const { whole, shift } = parts(n);
  const length = whole.toString(2).length;
  const near = (whole << DIGITS) >> BigInt(length);
  const low = near < (3n * ONE) / 4n;
  const mantissa = low ? near << 1n : near;
  return logNearOne(mantissa) + BigInt(shift + length - (low ? 1 : 0)) * LN_2;
}

/** e to the power of a fixed-point number, as one times a power of two. */
function expFixed(v: bigint): { value: bigint; shift: number } {
  const shift = v / LN_2 - (v < 0n ? 1n : 0n);
  const rest = (v - shift * LN_2) >> 8n;
  let sum = ONE;
  let term = ONE;
  for (let k = 1n; term !== 0n; k++) {
    term = ((term * rest) >> DIGITS) / k;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> DIGITS;
  return { value: sum, shift: Number(shift) };
}

/** Times a power of two, in two steps where one would overflow or lose a number near zero. */
function scaled(n: number, shift: number): number {
  const half = Math.trunc(shift / 2);
  return n * 2 ** half * 2 ** (shift - half);
}

const real = (n: bigint): number => scaled(Number(n), -Number(DIGITS));

/** The natural logarithm as C libraries give it, the nearest float; JavaScript's may be one unit beside. */
export function log(n: number): number {
  return Number.isFinite(n) && n > 0 ? real(logFixed(n)) : Math.log(n);
}

// The decimal logarithm of 2 in two parts, the first with few enough digits that a multiple of it is exact.
const LOG10_2_HIGH = 0.30102999566361177;
const LOG10_2_LOW = 3.694239077158931e-13;
const LOG10_E = Math.LOG10E;

/** The decimal logarithm, computed as C libraries do: from the natural one of the mantissa, so with their rounding. */
export function log10(n: number): number {
  if (!Number.isFinite(n) || n <= 0) return Math.log10(n);
  const { whole, shift } = parts(n);
  const exponent = shift + whole.toString(2).length - 1;
  const power = exponent + (exponent < 0 ? 1 : 0);
  return power * LOG10_2_LOW + LOG10_E * log(scaled(n, -power)) + power * LOG10_2_HIGH;
}

function wholePower(base: number, times: number): number {
  const { whole, shift } = parts(base);
  const odd = BigInt.asUintN(64, whole & -whole);
  const zeros = odd.toString(2).length - 1;
  return scaled(Number((whole >> BigInt(zeros)) ** BigInt(times)), (shift + zeros) * times);
}

function positivePower(base: number, exponent: number): number {
  // What is exact, or lies exactly between two floats, only whole numbers tell.
  if (Number.isInteger(exponent) && exponent >= 0 && exponent <= 16) return wholePower(base, exponent);
  const { whole, shift } = parts(Math.abs(exponent));
  const product = logFixed(base) * whole;
  const size = shift < 0 ? product >> BigInt(-shift) : product << BigInt(shift);
  const { value, shift: by } = expFixed(exponent < 0 ? -size : size);
  return scaled(real(value), by);
}

/** `base` to the power of `exponent` as C libraries give it, the nearest float. */
export function pow(base: number, exponent: number): number {
  const plain = base ** exponent;
  if (!Number.isFinite(plain) || plain === 0 || Math.abs(base) === 1 || exponent === 0) return plain;
  const size = positivePower(Math.abs(base), exponent);
  return plain < 0 ? -size : size;
}
