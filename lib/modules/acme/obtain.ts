import type { JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import { setUpAccount, updateContacts } from './acme-account.js';
import type { AcmeCertificateArgs } from './acme-certificate-args.js';
import { type AcmeClient, connectAcme } from './acme-client.js';
import { deactivate, finalize, loadOrder, newOrder, type Order, refused, validate } from './acme-order.js';
import { daysLeft, identifiersIn, requestBytes, toldChains, writeChain } from './certificate-files.js';
import { downloadChain, selectChain } from './chain.js';
import { type Authorization, challengeData, dnsRecords, type Identifier } from './challenge-data.js';

/** What a call came to. */
type Came = { readonly changed: boolean; readonly order: Order; readonly more: JsonObject };

async function account(client: AcmeClient, a: AcmeCertificateArgs): Promise<boolean> {
  const contact = a.account_email ? [`mailto:${a.account_email}`] : [];
  const found = await setUpAccount(client, { contact, terms: a.terms_agreed, create: a.modify_account });
  if (!found.data) throw new StepError('Account does not exist or is deactivated.');
  if (found.created || !a.modify_account) return found.created;
  return (await updateContacts(client, found.data, contact)).changed;
}

function kindOf(a: AcmeCertificateArgs): string | undefined {
  return a.challenge === 'no challenge' ? undefined : a.challenge;
}

/** The first call: an order, whose challenges somebody is to answer. */
async function begin(
  client: AcmeClient,
  a: AcmeCertificateArgs,
  wanted: readonly Identifier[],
): Promise<Came> {
  const order = await newOrder(client, wanted);
  const kind = kindOf(a);
  for (const one of order.authorizations) {
    const has = one.challenges.some((c) => c.type === kind);
    if (one.status !== 'valid' && kind !== undefined && !has)
      throw new StepError(`Found no challenge of type '${kind}' for identifier ${one.type}:${one.name}!`);
  }
  return { changed: true, order, more: {} };
}

async function fetched(client: AcmeClient, a: AcmeCertificateArgs, url: string) {
  const first = await downloadChain(client, url);
  const wants = a.retrieve_all_alternates || (a.select_chain?.length ?? 0) > 0;
  const all = [first];
  if (wants) for (const other of first.alternates) all.push(await downloadChain(client, other));
  return { chain: selectChain(all, a.select_chain ?? []) ?? first, all };
}

/** The second call: the challenges are answered, and the certificate is fetched. */
async function finish(
  info: RunInfo,
  client: AcmeClient,
  a: AcmeCertificateArgs,
  csr: Buffer,
  wanted: readonly Identifier[],
): Promise<Came> {
  const loaded = await loadOrder(client, String(a.data?.order_uri));
  const keep: { authorizations: readonly Authorization[] } = { authorizations: loaded.authorizations };
  try {
    const { order, changed } = await validate(client, loaded, kindOf(a), info.signal);
    keep.authorizations = order.authorizations;
    for (const { type, value } of wanted) {
      const one = order.authorizations.find(
        (z) => z.type === type && z.name.toLowerCase() === value.toLowerCase(),
      );
      if (!one) throw new StepError(`Found no authorization information for "${type}:${value}"!`);
      if (one.status !== 'valid') throw refused(one, `Status is "${one.status}" and not "valid"`);
    }
    const url = await finalize(client, order, csr, info.signal);
    const { chain, all } = await fetched(client, a, url);
    const written = await writeChain(info, a, chain);
    const more = a.retrieve_all_alternates ? { all_chains: toldChains(all) } : {};
    return { changed: changed || written, order, more };
  } finally {
    if (a.deactivate_authzs)
      keep.authorizations = await deactivate(client, keep.authorizations).catch(() => keep.authorizations);
  }
}

/** Does what acme_certificate is asked for; throws a StepError. */
export async function obtain(info: RunInfo, a: AcmeCertificateArgs): Promise<JsonObject> {
  const file = a.dest ?? a.fullchain_dest ?? '';
  const days = await daysLeft(info, file);
  if (!a.force && days >= a.remaining_days) return { changed: false, cert_days: days };
  if (info.check) return { changed: true, authorizations: {}, challenge_data: {}, cert_days: days };
  const client = await connectAcme(info, a);
  const touched = await account(client, a);
  if (touched) info.did('made or changed the account');
  const csr = await requestBytes(info, a);
  const wanted = identifiersIn(csr);
  const second = a.data?.order_uri !== undefined && a.data.order_uri !== null;
  const came = second ? await finish(info, client, a, csr, wanted) : await begin(client, a, wanted);
  const { order } = came;
  const challenges = challengeData(order.authorizations, client.account.jwk);
  return {
    changed: touched || came.changed,
    authorizations: Object.fromEntries(order.authorizations.map((one) => [one.name, one.data])),
    finalize_uri: order.data.finalize,
    order_uri: order.url,
    account_uri: client.uri,
    challenge_data: challenges,
    challenge_data_dns: a.challenge === 'dns-01' ? dnsRecords(challenges) : {},
    cert_days: second ? await daysLeft(info, file) : days,
    ...came.more,
  };
}
