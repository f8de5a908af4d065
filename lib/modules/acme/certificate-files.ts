import { text } from '../../node/content.js';
import { type PathAnswer, path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import { certificateIn } from '../crypto/certificate-facts.js';
import { readDer, within } from '../crypto/der.js';
import { findExtension } from '../crypto/extensions.js';
import { generalNameText } from '../crypto/general-name.js';
import { contentOf } from '../crypto/plan-object.js';
import { derOf, type Request, readRequest } from '../crypto/x509.js';
import type { RunInfo } from '../module.js';
import { probed, textOf } from '../probed-file.js';
import { StepError } from '../steps.js';
import type { AcmeCertificateArgs } from './acme-certificate-args.js';
import { type Chain, chainTexts } from './chain.js';
import type { Identifier } from './challenge-data.js';

type Info = Pick<RunInfo, 'node' | 'become' | 'did'>;
const DAY_MS = 86_400_000;
const COMMON_NAME = '2.5.4.3';

async function look(info: Info, file: string): Promise<PathAnswer> {
  const [answer] = await info.node.ask([path(file, { follow: true, content: true })], info.become);
  if (answer?.kind !== 'path') throw new StepError(`cannot look at ${file}`);
  return answer;
}

/** For how many whole days the certificate in a file is valid; -1 where there is none. */
export async function daysLeft(info: Info, file: string): Promise<number> {
  const found = await look(info, file);
  if (!found.exists) return -1;
  const certificate = certificateIn(contentOf(found));
  if (!certificate) throw new StepError(`Cannot parse certificate ${file}`);
  return Math.floor((certificate.notAfter - Date.now()) / DAY_MS);
}

/** The request in DER. Throws a StepError. */
export async function requestBytes(
  info: Info,
  a: Pick<AcmeCertificateArgs, 'csr' | 'csr_content'>,
): Promise<Buffer> {
  const content = a.csr_content ?? contentOf(await look(info, a.csr ?? ''));
  if (content === undefined) throw new StepError(`CSR ${a.csr} not found`);
  const der = derOf(content, 'CERTIFICATE REQUEST');
  if (!der) throw new StepError(`${a.csr ?? 'csr_content'} is no request for a certificate`);
  return der;
}

/** What a request asks for: its common name, and its DNS names and addresses. Throws a StepError. */
export function identifiersOf({
  subject,
  extensions,
}: Pick<Request, 'subject' | 'extensions'>): Identifier[] {
  const common = subject.filter((part) => part.oid === COMMON_NAME).map((part) => `DNS:${part.value}`);
  const names = findExtension(extensions, 'subjectAltName');
  const others = names ? within(readDer(names.value)).map((n) => generalNameText(n)) : [];
  const all = [...new Set([...common, ...others])].map((name) => {
    const [, kind, value = ''] = /^(DNS|IP):(.*)$/.exec(name) ?? [];
    if (kind === undefined)
      throw new StepError(`Found unsupported SAN identifier ${name}; ACME knows DNS and IP`);
    return { type: kind.toLowerCase(), value };
  });
  // A common name that is an address stands among the addresses as well.
  return all.filter(
    ({ type, value }) => type === 'ip' || !all.some((o) => o.type === 'ip' && o.value === value),
  );
}

/** What a request in DER asks for. */
export function identifiersIn(csr: Buffer): Identifier[] {
  return identifiersOf(readRequest(csr));
}

/** Writes a chain into the files that are wished; whether any of them was another. Throws a StepError. */
export async function writeChain(info: Info, a: AcmeCertificateArgs, chain: Chain): Promise<boolean> {
  const { cert, chain: above, full_chain } = chainTexts(chain);
  const wished = [
    { file: a.dest, content: cert },
    { file: a.fullchain_dest, content: full_chain },
    { file: a.chain_dest, content: above },
  ];
  let changed = false;
  for (const { file, content } of wished) {
    if (file === undefined) continue;
    const there = await look(info, file);
    if (textOf(there) === content) continue;
    const write = { kind: 'write', path: file, content: text(content), expect: probed(there) } as const;
    const done = await info.node.apply([write], [], info.become);
    const failed = done.failed === undefined ? undefined : done.outcomes[done.failed];
    if (failed) throw new StepError(`cannot write ${file}: ${failed.stderr.toString('utf8').trim()}`);
    info.did(`wrote ${file}`);
    changed = true;
  }
  return changed;
}

/** What `all_chains` tells. */
export function toldChains(chains: readonly Chain[]): JsonObject[] {
  return chains.map((one) => ({ ...chainTexts(one) }));
}
