import { createHash, randomInt } from 'node:crypto';
import { isInt } from '../values/number.js';
import { typeName } from '../values/typename.js';
import type { Value } from '../values/value.js';
import { encode } from './bytes.js';
import { TemplateError } from './library.js';

/** Gives a whole number from 0 up to (not including) the limit. */
export type Below = (limit: number) => number;

const N = 624;
const M = 397;

function seeded(seed: number): Uint32Array {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(before, 1812433253) + i;
  }
  return state;
}

function seededBy(key: readonly number[]): Uint32Array {
  const state = seeded(19650218);
  let i = 1;
  const step = (factor: number) => Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), factor);
  const wrap = () => {
    if (++i < N) return;
    state[0] = state[N - 1]!;
    i = 1;
  };
  for (let k = 0, j = 0; k < Math.max(N, key.length); k++, j = (j + 1) % key.length) {
    state[i] = (state[i]! ^ step(1664525)) + key[j]! + j;
    wrap();
  }
  for (let k = 1; k < N; k++) {
    state[i] = (state[i]! ^ step(1566083941)) - i;
    wrap();
  }
  state[0] = 0x80000000;
  return state;
}

function twist(state: Uint32Array): void {
  for (let k = 0; k < N; k++) {
    const y = (state[k]! & 0x80000000) | (state[(k + 1) % N]! & 0x7fffffff);
    state[k] = state[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

function words(key: readonly number[]): () => number {
  const state = seededBy(key);
  let at = N;
  return () => {
    if (at >= N) {
      twist(state);
      at = 0;
    }
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

function keyOf(seed: Value): number[] {
  let n: bigint;
  if (isInt(seed) || typeof seed === 'boolean') n = BigInt(seed) < 0n ? -BigInt(seed) : BigInt(seed);
  else if (typeof seed === 'string') {
    const data = encode(seed);
    n = BigInt(`0x${Buffer.concat([data, createHash('sha512').update(data).digest()]).toString('hex')}`);
  } else throw new TemplateError(`the seed must be a text or a whole number, not ${typeName(seed)}`);
  const key: number[] = [];
  for (; n > 0n; n >>= 32n) key.push(Number(n & 0xffffffffn));
  return key.length ? key : [0];
}

function below(next: () => number, limit: number): number {
  const bits = limit.toString(2).length;
  for (;;) {
    const low = bits <= 32 ? next() >>> (32 - bits) : next();
    const n = bits <= 32 ? low : low + (next() >>> (64 - bits)) * 2 ** 32;
    if (n < limit) return n;
  }
}

/** Python's random.Random(seed) as far as choices need it, or the system's randomness without a seed. */
export function randomSource(seed?: Value): Below {
  if (seed === undefined || seed === null) return (limit) => randomInt(limit);
  const next = words(keyOf(seed));
  return (limit) => below(next, limit);
}
