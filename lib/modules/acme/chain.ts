import type { Json, JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import { certificateIn } from '../crypto/certificate-facts.js';
import { readDer, within } from '../crypto/der.js';
import { findExtension } from '../crypto/extensions.js';
import type { NamePart } from '../crypto/names.js';
import { oidByName } from '../crypto/oids.js';
import { pemBlocks } from '../crypto/pem.js';
import { colons } from '../crypto/public-key.js';
import type { Certificate } from '../crypto/x509.js';
import { type AcmeClient, expectStatus } from './acme-client.js';

/** What a chain must have to be taken. */
export const criterionArgs = {
  test_certificates: {
    type: 'str',
    default: 'all',
    choices: ['all', 'first', 'last'],
    doc: 'Which certificates behind the own one are looked at.',
  },
  issuer: { type: 'dict', doc: 'Parts of the name of who signed, as CN: Some Root.' },
  subject: { type: 'dict', doc: 'Parts of the name.' },
  subject_key_identifier: { type: 'str', doc: 'The identifier of the key, in hexadecimal digits.' },
  authority_key_identifier: {
    type: 'str',
    doc: 'The identifier of the key that signed, in hexadecimal digits.',
  },
} as const satisfies ArgSpec;

/** One criterion, checked. */
export type Criterion = ArgsOf<typeof criterionArgs>;

/** A certificate and those above it, as PEM texts. */
export type Chain = { readonly cert: string; readonly chain: readonly string[] };

/** What the files hold, and what `all_chains` tells. */
export function chainTexts({ cert, chain }: Chain): { cert: string; chain: string; full_chain: string } {
  const above = chain.join('\n');
  return { cert, chain: above, full_chain: `${cert}${above}` };
}

/** Fetches a chain, and where there are others for the same certificate (RFC 8555, 7.4.2). Throws a StepError. */
export async function downloadChain(
  client: AcmeClient,
  url: string,
): Promise<Chain & { readonly alternates: readonly string[] }> {
  const answer = expectStatus(await client.send(url), 'Failed to download the certificate', 200);
  const [cert = '', ...chain] = pemBlocks(answer.text)
    .filter((block) => block.label === 'CERTIFICATE')
    .map((block) => block.text);
  const links = (answer.headers.link ?? '').matchAll(/<([^>]+)>[^,<]*;\s*rel="?alternate"?/g);
  return { cert, chain, alternates: [...links].map(([, to]) => new URL(to!, url).href) };
}

function hasParts(name: readonly NamePart[], wished: JsonObject | undefined): boolean {
  const has = (word: string, value: Json | undefined) =>
    name.some((part) => part.oid === oidByName(word) && part.value === String(value));
  return Object.entries(wished ?? {}).every(([word, value]) =>
    Array.isArray(value) ? value.every((v) => has(word, v)) : has(word, value),
  );
}

function hasIdentifier(found: Buffer | undefined, wished: string | undefined): boolean {
  if (wished === undefined) return true;
  return (
    found !== undefined && colons(found).replaceAll(':', '') === wished.replaceAll(':', '').toLowerCase()
  );
}

function meets(certificate: Certificate, wish: Criterion): boolean {
  const own = findExtension(certificate.extensions, 'subjectKeyIdentifier');
  const above = findExtension(certificate.extensions, 'authorityKeyIdentifier');
  const aki = above && within(readDer(above.value)).find((part) => (part.tag & 0x1f) === 0);
  return (
    hasParts(certificate.subject, wish.subject) &&
    hasParts(certificate.issuer, wish.issuer) &&
    hasIdentifier(own && readDer(own.value).content, wish.subject_key_identifier) &&
    hasIdentifier(aki?.content, wish.authority_key_identifier)
  );
}

/** The first chain that meets a criterion, the first of those that one does; undefined for none. */
export function selectChain<C extends Chain>(
  chains: readonly C[],
  criteria: readonly Criterion[],
): C | undefined {
  for (const wish of criteria)
    for (const one of chains) {
      const all = one.chain.flatMap((pem) => certificateIn(pem) ?? []);
      const looked =
        wish.test_certificates === 'first'
          ? all.slice(0, 1)
          : wish.test_certificates === 'last'
            ? all.slice(-1)
            : all;
      if (looked.some((certificate) => meets(certificate, wish))) return one;
    }
  return undefined;
}
