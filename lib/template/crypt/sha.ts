import { hash } from 'node:crypto';
import { crypt64 } from './alphabet.js';

type Group = readonly [number, number, number];

/** One of the two SHA crypt methods (Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6). */
export type ShaMethod = { name: 'sha256' | 'sha512'; prefix: string; groups: readonly Group[] };

/** How the bytes of a digest are put into groups of three: three columns that rotate from row to row. */
function rotated(rows: number, columns: readonly [number, number, number], by: 1 | 2): Group[] {
  return Array.from({ length: rows }, (_, i) => {
    const pick = (k: number) => columns[(k + i * by) % 3]! + i;
    return [pick(0), pick(1), pick(2)];
  });
}

/** SHA-512 crypt, `$6$`. */
export const SHA512: ShaMethod = {
  name: 'sha512',
  prefix: '$6$',
  groups: [...rotated(21, [0, 21, 42], 1), [-1, -1, 63]],
};

/** SHA-256 crypt, `$5$`. */
export const SHA256: ShaMethod = {
  name: 'sha256',
  prefix: '$5$',
  groups: [...rotated(10, [0, 10, 20], 2), [-1, 31, 30]],
};

const bytes = (length: number, block: Uint8Array): Buffer =>
  length ? Buffer.alloc(length, block) : Buffer.alloc(0);

function first(method: ShaMethod, password: Buffer, salt: Buffer): Buffer {
  const b = hash(method.name, Buffer.concat([password, salt, password]), 'buffer');
  const parts: Uint8Array[] = [password, salt, bytes(password.length, b)];
  for (let n = password.length; n > 0; n >>= 1) parts.push(n & 1 ? b : password);
  return hash(method.name, Buffer.concat(parts), 'buffer');
}

type Step = { buffer: Buffer; at: number };

/** The input of round `i`, with a gap for the digest of the round before. */
function stepOf(i: number, gap: Buffer, p: Buffer, s: Buffer): Step {
  const odd = i % 2 === 1;
  const middle = [i % 3 ? s : undefined, i % 7 ? p : undefined].filter((b) => b !== undefined);
  const parts = odd ? [p, ...middle, gap] : [gap, ...middle, p];
  const buffer = Buffer.concat(parts);
  return { buffer, at: odd ? buffer.length - gap.length : 0 };
}

function digest(method: ShaMethod, password: Buffer, salt: Buffer, rounds: number): Buffer {
  let a = first(method, password, salt);
  const dp = hash(method.name, bytes(password.length ** 2, password), 'buffer');
  const ds = hash(method.name, bytes(salt.length * (16 + a[0]!), salt), 'buffer');
  const [p, s] = [bytes(password.length, dp), bytes(salt.length, ds)];
  // The inputs repeat after 2 * 3 * 7 rounds, so that they are laid out once.
  const steps = Array.from({ length: 42 }, (_, i) => stepOf(i, a, p, s));
  for (let i = 0; i < rounds; i++) {
    const step = steps[i % 42]!;
    step.buffer.set(a, step.at);
    a = hash(method.name, step.buffer, 'buffer');
  }
  return a;
}

// The number of rounds that a hash does not spell out.
const IMPLICIT_ROUNDS = 5000;

/** Hashes a password with a salt of at most 16 letters and 1000 to 999999999 rounds. */
export function shaCrypt(method: ShaMethod, password: string, salt: string, rounds: number): string {
  const result = digest(method, Buffer.from(password, 'utf8'), Buffer.from(salt, 'utf8'), rounds);
  const setting = rounds === IMPLICIT_ROUNDS ? '' : `rounds=${rounds}$`;
  return `${method.prefix}${setting}${salt}$${crypt64(result, method.groups)}`;
}
