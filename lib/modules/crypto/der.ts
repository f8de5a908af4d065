/** A value of ASN.1 in DER (X.690): the byte of its tag, what is in it, and all its bytes. */
export type Der = { readonly tag: number; readonly content: Buffer; readonly whole: Buffer };

/** Bytes that are not what they should be, or texts that cannot be written as such. */
export class DerError extends Error {}

/** The tags that certificates use. Constructed ones have bit 6. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  teletex: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universal: 0x1c,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

function lengthAt(bytes: Buffer, at: number): { length: number; from: number } {
  const first = bytes[at];
  if (first === undefined) throw new DerError('the bytes end within a length');
  if (first < 0x80) return { length: first, from: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || at + 1 + count > bytes.length) throw new DerError('a length is not in DER');
  return { length: bytes.readUIntBE(at + 1, count), from: at + 1 + count };
}

function valueAt(bytes: Buffer, at: number): Der {
  const tag = bytes[at];
  if (tag === undefined || (tag & 0x1f) === 0x1f) throw new DerError('a tag of more than one byte');
  const { length, from } = lengthAt(bytes, at + 1);
  const end = from + length;
  if (end > bytes.length) throw new DerError('the bytes end within a value');
  return { tag, content: bytes.subarray(from, end), whole: bytes.subarray(at, end) };
}

/** The one value that the bytes are; throws a DerError. */
export function readDer(bytes: Uint8Array): Der {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = valueAt(all, 0);
  if (value.whole.length !== all.length) throw new DerError('there are bytes behind the value');
  return value;
}

/** The values within one, in order; throws a DerError. */
export function within(der: Der | undefined): Der[] {
  if (der === undefined) throw new DerError('a value is missing');
  const found: Der[] = [];
  for (let at = 0; at < der.content.length; ) {
    const value = valueAt(der.content, at);
    found.push(value);
    at += value.whole.length;
  }
  return found;
}

/** An object identifier in its dotted form. */
export function oidOf(der: Der | undefined): string {
  if (der === undefined) throw new DerError('an object identifier is missing');
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of der.content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...rest].join('.');
}

/** A whole number of any size. */
export function integerOf(der: Der | undefined): bigint {
  if (der === undefined || der.content.length === 0) throw new DerError('a number is missing');
  return BigInt.asIntN(der.content.length * 8, BigInt(`0x${der.content.toString('hex')}`));
}

/** The bytes of a bit string; those that are used end with a whole byte. */
export function bitsOf(der: Der | undefined): Buffer {
  if (der === undefined) throw new DerError('a bit string is missing');
  return der.content.subarray(1);
}

const TWO_BYTES: readonly number[] = [TAG.bmp];

/** A text of any of ASN.1's kinds. */
export function textOf(der: Der): string {
  if (TWO_BYTES.includes(der.tag)) return Buffer.from(der.content).swap16().toString('utf16le');
  return der.content.toString(der.tag === TAG.utf8 ? 'utf8' : 'latin1');
}

/** A time, of either kind, in milliseconds since 1970 (RFC 5280, 4.1.2.5). */
export function timeOf(der: Der | undefined): number {
  const text = der === undefined ? '' : der.content.toString('latin1');
  const [, year, month, day, hour, minute, second = '00'] =
    /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(text) ?? [];
  if (year === undefined) throw new DerError(`a time in another form: ${text}`);
  const whole = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  return Date.UTC(whole, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
