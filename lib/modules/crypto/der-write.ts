import { DerError, TAG } from './der.js';

/** Any value: the byte of its tag and its contents, one behind another. */
export function value(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, c) => sum + c.length, 0);
  const bytes = lengthBytes(length);
  const head = length < 0x80 ? [length] : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...head]), ...contents]);
}

function lengthBytes(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** A sequence. */
export function sequence(...contents: readonly Uint8Array[]): Buffer {
  return value(TAG.sequence, ...contents);
}

/** A set; its values are put in order, as DER wants them (X.690, 11.6). */
export function set(...contents: readonly Uint8Array[]): Buffer {
  return value(TAG.set, ...[...contents].sort(Buffer.compare));
}

/** A value with a tag of its own in the place of the usual one. */
export function tagged(number: number, constructed: boolean, ...contents: readonly Uint8Array[]): Buffer {
  return value(0x80 | (constructed ? 0x20 : 0) | number, ...contents);
}

/** A whole number of any size. */
export function integer(n: bigint | number): Buffer {
  const wide = BigInt(n);
  let size = 1;
  while (BigInt.asIntN(size * 8, wide) !== wide) size++;
  const hex = BigInt.asUintN(size * 8, wide).toString(16);
  return value(TAG.integer, Buffer.from(hex.padStart(size * 2, '0'), 'hex'));
}

/** True; false is left out wherever it is what is meant anyway. */
export function yes(): Buffer {
  return value(TAG.boolean, Buffer.from([0xff]));
}

/** Bytes. */
export function octets(bytes: Uint8Array): Buffer {
  return value(TAG.octets, bytes);
}

/** Whole bytes as a bit string. */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return value(TAG.bits, Buffer.from([unused]), bytes);
}

/** A set of bits by their numbers, without the zeros at the end (X.690, 11.2.2). */
export function namedBits(numbers: readonly number[]): Buffer {
  const last = Math.max(-1, ...numbers);
  const bytes = Buffer.alloc(Math.floor(last / 8) + 1);
  for (const n of numbers) bytes[n >> 3] = (bytes[n >> 3] ?? 0) | (0x80 >> (n & 7));
  return bits(bytes, last < 0 ? 0 : 7 - (last & 7));
}

function arcBytes(arc: bigint): number[] {
  const bytes = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80);
  return bytes;
}

/** An object identifier from its dotted form; throws a DerError. */
export function oid(dotted: string): Buffer {
  if (!/^[012](\.\d+)+$/.test(dotted)) throw new DerError(`not an object identifier: ${dotted}`);
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  if (top < 2n && second > 39n) throw new DerError(`not an object identifier: ${dotted}`);
  return value(TAG.oid, Buffer.from([top * 40n + second, ...rest].flatMap(arcBytes)));
}

const PRINTABLE = /^[A-Za-z0-9 '()+,./:=?-]*$/;

/** A text as one of ASN.1's kinds; throws a DerError for what cannot be written in that. */
export function text(kind: 'utf8' | 'printable' | 'ia5', words: string): Buffer {
  if (kind === 'printable' && !PRINTABLE.test(words))
    throw new DerError(`'${words}' has characters that are not allowed here`);
  if (kind === 'ia5' && !/^[\x00-\x7f]*$/.test(words)) throw new DerError(`'${words}' is not ASCII`);
  return value(TAG[kind], Buffer.from(words, 'utf8'));
}

/** A time in milliseconds since 1970, to the second: with two digits for the year until 2049 (RFC 5280, 4.1.2.5). */
export function time(ms: number): Buffer {
  const digits = new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  const year = Number(digits.slice(0, 4));
  const short = year >= 1950 && year < 2050;
  return value(short ? TAG.utcTime : TAG.generalizedTime, Buffer.from(short ? digits.slice(2) : digits));
}
