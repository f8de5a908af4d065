import { type Der, DerError, integerOf, oidOf, readDer, TAG, within } from './der.js';
import { octets, oid, sequence, yes } from './der-write.js';

/** An extension of a certificate or of a request for one (RFC 5280, 4.2): `value` is what is within its octets. */
export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Buffer };

/** The identifiers of the extensions that are known here (RFC 5280, RFC 7633). */
export const EXT = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
} as const;

/** The extensions in a sequence of them; throws a DerError. */
export function readExtensions(der: Der | undefined): Extension[] {
  return within(der).map((one) => {
    const [kind, ...rest] = within(one);
    const value = rest.at(-1);
    if (value?.tag !== TAG.octets) throw new DerError('an extension without a value');
    const critical = rest[0]?.tag === TAG.boolean && rest[0].content[0] !== 0;
    return { oid: oidOf(kind), critical, value: value.content };
  });
}

/** Extensions in DER. */
export function encodeExtensions(extensions: readonly Extension[]): Buffer {
  return sequence(
    ...extensions.map((e) => sequence(oid(e.oid), ...(e.critical ? [yes()] : []), octets(e.value))),
  );
}

/** The extension of a kind; undefined when there is none. */
export function findExtension(
  extensions: readonly Extension[],
  kind: keyof typeof EXT,
): Extension | undefined {
  return extensions.find((e) => e.oid === EXT[kind]);
}

/** Whether it is a CA, and how many may be below it. */
export function basicConstraintsOf(value: Buffer): { readonly ca: boolean; readonly pathlen?: bigint } {
  const parts = within(readDer(value));
  const ca = parts.some((p) => p.tag === TAG.boolean && p.content[0] !== 0);
  const number = parts.find((p) => p.tag === TAG.integer);
  return { ca, ...(number && { pathlen: integerOf(number) }) };
}

/** The numbers of the bits that are set in a bit string. */
export function bitNumbers(value: Buffer): number[] {
  const bytes = readDer(value).content.subarray(1);
  return [...bytes].flatMap((byte, i) => {
    const set = [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit));
    return set.map((bit) => i * 8 + bit);
  });
}

function unordered(parts: readonly Der[]): string {
  return [...new Set(parts.map((p) => p.whole.toString('hex')))].sort().join(' ');
}

/** What an extension says, as a text that is the same for values that mean the same. */
export function meaning({ oid: kind, critical, value }: Extension): string {
  const said = ((): string => {
    switch (kind) {
      case EXT.subjectAltName:
      case EXT.extendedKeyUsage:
        return unordered(within(readDer(value)));
      case EXT.nameConstraints:
        return within(readDer(value))
          .map((side) => `${side.tag}: ${unordered(within(side))}`)
          .join('; ');
      case EXT.keyUsage:
        return bitNumbers(value).join(' ');
      case EXT.basicConstraints: {
        const { ca, pathlen } = basicConstraintsOf(value);
        return `${ca} ${pathlen}`;
      }
      default:
        return value.toString('hex');
    }
  })();
  return `${critical ? 'critical ' : ''}${said}`;
}
