import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import { type AcmeClient, expectStatus } from './acme-client.js';
import { base64url, signingInput } from './jws.js';

/** What is wished of an account. */
export type AccountWish = {
  readonly contact: readonly string[];
  readonly terms: boolean;
  readonly create: boolean;
  /** Binds it to one that the operator has with the server elsewhere (RFC 8555, 7.3.4). */
  readonly binding?: { readonly kid: string; readonly alg: string; readonly key: string };
};

/** The account as the server tells it, undefined when there is none; `created`: it was made now. */
export type Account = { readonly created: boolean; readonly data?: JsonObject };

const MISSING = 'urn:ietf:params:acme:error:accountDoesNotExist';
const UNAUTHORIZED = 'urn:ietf:params:acme:error:unauthorized';

function bound(
  { account, directory }: AcmeClient,
  { kid, alg, key }: NonNullable<AccountWish['binding']>,
): JsonObject {
  const input = signingInput({ alg, kid, url: directory.newAccount }, account.jwk);
  const hash = alg.replace('HS', 'sha');
  const mac = createHmac(hash, Buffer.from(key, 'base64url')).update(`${input.protected}.${input.payload}`);
  return { ...input, signature: base64url(mac.digest()) };
}

async function known(client: AcmeClient): Promise<Account> {
  const answer = await client.send(client.uri!);
  const gone = answer.json.type === MISSING || answer.json.type === UNAUTHORIZED;
  if (gone || answer.json.status === 'deactivated') return { created: false };
  return { created: false, data: expectStatus(answer, 'Failed to read the account', 200).json };
}

async function register(client: AcmeClient, wish: AccountWish): Promise<Account> {
  const answer = await client.send(String(client.directory.newAccount), {
    contact: [...wish.contact],
    ...(!wish.create && { onlyReturnExisting: true }),
    ...(wish.terms && { termsOfServiceAgreed: true }),
    ...(wish.create && wish.binding && { externalAccountBinding: bound(client, wish.binding) }),
  });
  const { status, json } = answer;
  if (!wish.create && json.type === MISSING) return { created: false };
  if (
    json.status === 'deactivated' ||
    (json.type === UNAUTHORIZED && /deactivated/.test(String(json.detail)))
  ) {
    if (!wish.create) return { created: false };
    throw new StepError('Account is deactivated');
  }
  expectStatus(answer, 'Registering ACME account failed', 200, 201);
  client.uri = answer.headers.location ?? client.uri;
  return { created: status === 201, data: json };
}

/** Finds the account of the key, or makes it; afterwards the client knows its URL. Throws a StepError. */
export async function setUpAccount(client: AcmeClient, wish: AccountWish): Promise<Account> {
  if (client.uri !== undefined) {
    const found = await known(client);
    if (!found.data) throw new StepError('Account is deactivated or does not exist!');
    return found;
  }
  const meta = (client.directory.meta ?? {}) as JsonObject;
  const required = meta.externalAccountRequired === true;
  if (wish.create && (wish.binding || required)) {
    // Some servers refuse a binding for an account that there is already.
    const found = await register(client, { ...wish, create: false });
    if (found.data) return found;
    if (!wish.binding)
      throw new StepError(
        'To create an account, an external account binding must be specified: acme_account takes one',
      );
  }
  return register(client, wish);
}

/** Makes the account's contacts those that are wished; whether they differed. In check mode nothing is sent. */
export async function updateContacts(
  client: AcmeClient,
  data: JsonObject,
  contact: readonly string[],
  check = false,
): Promise<{ readonly changed: boolean; readonly data: JsonObject }> {
  if (JSON.stringify(data.contact ?? []) === JSON.stringify(contact)) return { changed: false, data };
  if (check) return { changed: true, data: { ...data, contact: [...contact] } };
  const answer = await client.send(client.uri!, { contact: [...contact] });
  return { changed: true, data: expectStatus(answer, 'Failed to update the account', 200).json };
}
