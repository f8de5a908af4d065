function special(n: number): string | undefined {
  if (Number.isNaN(n)) return 'nan';
  return Number.isFinite(n) ? undefined : n > 0 ? 'inf' : '-inf';
}

/** Exact decimal expansion of a finite float as digits and a power of ten: value = digits * 10^-scale. */
function exact(n: number): { digits: bigint; scale: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const power = Math.max(exponent, 1) - 1075;
  return power >= 0
    ? { digits: mantissa << BigInt(power), scale: 0 }
    : { digits: mantissa * 5n ** BigInt(-power), scale: -power };
}

// No double has more decimals than 2 ** -1074; the rest are zeros, which need no arithmetic.
const MOST_DECIMALS = 1074;

/** A non-negative float rounded half to even at `places` decimals, as Python's `%.*f` does (exact, not by doubles). */
export function fixed(n: number, places: number, point = false): string {
  const odd = special(n);
  if (odd) return odd;
  if (places > MOST_DECIMALS) return fixed(n, MOST_DECIMALS) + '0'.repeat(places - MOST_DECIMALS);
  const { digits, scale } = exact(Math.abs(n));
  const unit = 10n ** BigInt(Math.max(0, scale - places));
  const raised = digits * 10n ** BigInt(Math.max(0, places - scale));
  const twice = (raised % unit) * 2n;
  const down = raised / unit;
  const rounded = twice > unit || (twice === unit && down % 2n === 1n) ? down + 1n : down;
  const text = rounded.toString().padStart(places + 1, '0');
  const sign = n < 0 || Object.is(n, -0) ? '-' : '';
  return places === 0
    ? `${sign}${text}${point ? '.' : ''}`
    : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

function exponentOf(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** A float with one digit before the point and an exponent of two digits or more, as Python's `%.*e`. */
export function scientific(n: number, places: number, point = false): string {
  const text = special(n) ?? exponentOf(n.toExponential(Math.min(100, places)));
  return point && places === 0 ? text.replace('e', '.e') : text;
}

/** A float with `places` significant digits, exponent where it is shorter, as Python's `%.*g`. */
export function general(n: number, places: number, keepZeros = false): string {
  const odd = special(n);
  if (odd) return odd;
  if (n === 0) return fixed(n, keepZeros ? places - 1 : 0, keepZeros);
  const exp = Number(n.toExponential(Math.min(100, places - 1)).split('e')[1]);
  const text =
    exp < -4 || exp >= places ? scientific(n, places - 1, keepZeros) : fixed(n, places - 1 - exp, keepZeros);
  return keepZeros ? text : text.replace(/(\.\d*?)0+(e|$)/, '$1$2').replace(/\.(e|$)/, '$1');
}
