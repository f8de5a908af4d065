import { asNumber, float, int, isFloat } from '../../values/number.js';
import { type Bytes, type PyFloat, Tuple, type Value } from '../../values/value.js';
import { decode } from '../bytes.js';
import { bind, type Method, text } from './bind.js';

type Whole = number | bigint | boolean;

/** Python's int (and bool) methods. */
export const intMethods: ReadonlyMap<string, Method<Whole>> = new Map<string, Method<Whole>>([
  ['bit_length', (self) => (Number(self) === 0 ? 0 : BigInt(self).toString(2).replace('-', '').length)],
  ['conjugate', (self) => int(BigInt(self))],
  ['as_integer_ratio', (self) => new Tuple([int(BigInt(self)), 1])],
]);

/** Python's float methods. */
export const floatMethods: ReadonlyMap<string, Method<number | PyFloat>> = new Map<
  string,
  Method<number | PyFloat>
>([
  ['is_integer', (self) => Number.isInteger(asNumber(self)!)],
  ['conjugate', (self) => self],
]);

/** Python's bytes methods that templates use. */
export const bytesMethods: ReadonlyMap<string, Method<Bytes>> = new Map<string, Method<Bytes>>([
  [
    'decode',
    (self, args, kwargs) => {
      const [encoding] = bind('decode', 'encoding? errors?', args, kwargs);
      return decode(self.data, encoding === undefined ? undefined : text('decode', encoding));
    },
  ],
  ['hex', (self) => Buffer.from(self.data).toString('hex')],
]);

/** Attributes that are no methods: `real` and its kin. */
export function numberAttr(v: Value, name: string): Value | undefined {
  const isReal = isFloat(v);
  const plain = typeof v === 'boolean' ? Number(v) : v;
  if (name === 'real') return plain;
  if (name === 'imag') return isReal ? float(0) : 0;
  if (isReal) return undefined;
  if (name === 'numerator') return plain;
  return name === 'denominator' ? 1 : undefined;
}
