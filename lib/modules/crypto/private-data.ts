import type { JsonObject } from '../../values/json.js';
import { wholeNumber } from './whole-number.js';

// The numbers of a key as OpenSSL prints them, by Ansible's names.
const NUMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RSA: { p: 'prime1', q: 'prime2', exponent: 'privateExponent' },
  DSA: { x: 'priv' },
  ECC: { multiplier: 'priv' },
};

/** The secret numbers of a key from what `openssl pkey -text` prints. */
export function privateData(type: string, text: string): JsonObject {
  const found = Object.entries(NUMBERS[type] ?? {}).flatMap(([name, word]) => {
    const hex = new RegExp(`^${word}:((?:\\s+[0-9a-f:]+$)+)`, 'm').exec(text)?.[1]?.replace(/[\s:]/g, '');
    return hex === undefined ? [] : [[name, wholeNumber(BigInt(`0x${hex}`))] as const];
  });
  return Object.fromEntries(found);
}
