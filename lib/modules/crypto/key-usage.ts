import { DerError } from './der.js';

/** Purposes of a key in the order of their bits (RFC 5280, 4.2.1.3): as results show them, and their other name. */
const USAGES = [
  ['Digital Signature', 'digitalSignature'],
  ['Non Repudiation', 'nonRepudiation'],
  ['Key Encipherment', 'keyEncipherment'],
  ['Data Encipherment', 'dataEncipherment'],
  ['Key Agreement', 'keyAgreement'],
  ['Certificate Sign', 'keyCertSign'],
  ['CRL Sign', 'cRLSign'],
  ['Encipher Only', 'encipherOnly'],
  ['Decipher Only', 'decipherOnly'],
] as const;
const AGREEMENT = 4;

/** The bits of purposes; throws a DerError. */
export function usageBits(names: readonly string[]): number[] {
  const bits = names.map((name) => {
    const bit = USAGES.findIndex((both) => (both as readonly string[]).includes(name));
    if (bit >= 0) return bit;
    throw new DerError(
      `Unknown key usage "${name}"; known are ${USAGES.map(([, short]) => short).join(', ')}`,
    );
  });
  if (Math.max(...bits) > 6 && !bits.includes(AGREEMENT))
    throw new DerError('encipherOnly and decipherOnly are only for keys with keyAgreement');
  return bits;
}

/** What results show of bits, sorted. */
export function usageNames(bits: readonly number[]): string[] {
  return bits.flatMap((bit) => USAGES[bit]?.[0] ?? []).sort();
}
