import { randomInt } from 'node:crypto';

/** The letters of crypt(3) salts and hashes, by value. */
export const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Writes bytes by crypt's rule: groups of three by the given order, least significant letter first. */
export function crypt64(data: Uint8Array, groups: readonly (readonly [number, number, number])[]): string {
  let out = '';
  for (const [a, b, c] of groups) {
    const bits = ((a < 0 ? 0 : data[a]!) << 16) | ((b < 0 ? 0 : data[b]!) << 8) | data[c]!;
    const letters = b < 0 ? 2 : a < 0 ? 3 : 4;
    for (let i = 0; i < letters; i++) out += LETTERS[(bits >> (6 * i)) & 63];
  }
  return out;
}

/** A salt of so many letters by chance. */
export function randomSalt(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(64)]).join('');
}
