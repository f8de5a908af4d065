import { createHash } from 'node:crypto';
import { crypt64 } from './alphabet.js';

const GROUPS = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
  [-1, -1, 11],
] as const;

/**
 * Hashes a password by the MD5 method of FreeBSD's crypt, `$1$`, or by Apache's, `$apr1$`, which differs by that mark
 * alone; kept for old systems only.
 */
export function md5Crypt(secret: string, saltText: string, mark: '$1$' | '$apr1$' = '$1$'): string {
  const password = Buffer.from(secret, 'utf8');
  const salt = Buffer.from(saltText, 'utf8');
  const md5 = (...parts: Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
  const b = md5(password, salt, password);
  const tail: Uint8Array[] = [];
  for (let n = password.length; n > 0; n >>= 1) tail.push(n & 1 ? Buffer.from([0]) : password.subarray(0, 1));
  const mixed = password.length ? Buffer.alloc(password.length, b) : Buffer.alloc(0);
  let a = md5(password, Buffer.from(mark), salt, mixed, ...tail);
  for (let i = 0; i < 1000; i++) {
    const parts: Uint8Array[] = [i & 1 ? password : a];
    if (i % 3) parts.push(salt);
    if (i % 7) parts.push(password);
    parts.push(i & 1 ? a : password);
    a = md5(...parts);
  }
  return `${mark}${saltText}$${crypt64(a, GROUPS)}`;
}
