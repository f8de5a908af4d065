import type { JsonObject } from '../values/json.js';
import { setUpAccount, updateContacts } from './acme/acme-account.js';
import { acmeArgs, acmeKeyRules } from './acme/acme-args.js';
import { type AcmeClient, acmeKey, connectAcme, expectStatus } from './acme/acme-client.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { DerError } from './crypto/der.js';
import { defineModule, type RunInfo } from './module.js';
import { StepError, stepping } from './steps.js';

const args = {
  ...acmeArgs,
  state: {
    type: 'str',
    required: true,
    choices: ['absent', 'changed_key', 'present'],
    doc: 'Whether the account is there; changed_key gives it another key.',
  },
  allow_creation: { type: 'bool', default: true, doc: 'Make it when it is not there.' },
  contact: {
    type: 'list',
    elements: 'str',
    default: [],
    doc: 'How its owner is reached, as mailto:a@example.com.',
  },
  terms_agreed: { type: 'bool', default: false, doc: "The server's terms of service are agreed to." },
  new_account_key_src: { type: 'path', doc: 'The other private key, on the node.' },
  new_account_key_content: { type: 'str', noLog: true, doc: 'The other private key itself.' },
  new_account_key_passphrase: { type: 'str', noLog: true, doc: 'Opens the other private key.' },
  external_account_binding: {
    type: 'dict',
    options: {
      kid: { type: 'str', required: true, doc: 'The name of the account that there is elsewhere.' },
      alg: {
        type: 'str',
        required: true,
        choices: ['HS256', 'HS384', 'HS512'],
        doc: 'How the binding is signed.',
      },
      key: {
        type: 'str',
        required: true,
        noLog: true,
        doc: 'The secret shared with the server, in base64 for URLs.',
      },
    },
    doc: 'An account that its owner has with the server already.',
  },
} as const satisfies ArgSpec;

type Args = ArgsOf<typeof args>;
/** The account before and after, for diffs. */
type Came = { readonly changed: boolean; readonly before: JsonObject; readonly after: JsonObject };

function shown(data: JsonObject | undefined, jwk: JsonObject): JsonObject {
  return data === undefined ? {} : { ...data, public_account_key: jwk };
}

async function there(client: AcmeClient): Promise<JsonObject | undefined> {
  return (await setUpAccount(client, { contact: [], terms: false, create: false })).data;
}

async function absent(client: AcmeClient, check: boolean): Promise<Came> {
  const data = await there(client);
  const before = shown(data, client.account.jwk);
  if (data && !check)
    expectStatus(
      await client.send(client.uri!, { status: 'deactivated' }),
      'Failed to deactivate account',
      200,
    );
  return { changed: data !== undefined, before, after: {} };
}

async function present(client: AcmeClient, a: Args, check: boolean): Promise<Came> {
  const { jwk } = client.account;
  const binding = a.external_account_binding;
  const wish = { contact: a.contact, terms: a.terms_agreed, create: a.allow_creation && !check, binding };
  const found = await setUpAccount(client, wish);
  if (!found.data && check && a.allow_creation)
    return { changed: true, before: {}, after: shown({ contact: a.contact }, jwk) };
  if (!found.data) throw new StepError('Account does not exist or is deactivated.');
  if (found.created) return { changed: true, before: {}, after: shown(found.data, jwk) };
  const now = await updateContacts(client, found.data, a.contact, check);
  return { changed: now.changed, before: shown(found.data, jwk), after: shown(now.data, jwk) };
}

/** Gives the account another key: a message of the old one holds one of the new one (RFC 8555, 7.3.5). */
async function changedKey(client: AcmeClient, a: Args, info: RunInfo): Promise<Came> {
  const source = {
    path: a.new_account_key_src,
    content: a.new_account_key_content,
    passphrase: a.new_account_key_passphrase,
  };
  const key = await acmeKey(info, source, 'new account key');
  const data = await there(client);
  if (!data) throw new StepError('Account does not exist or is deactivated.');
  if (!info.check) {
    const url = String(client.directory.keyChange);
    const inner = await client.sign(
      { jwk: key.jwk, url },
      { account: client.uri, oldKey: client.account.jwk },
      key,
    );
    expectStatus(await client.send(url, inner), 'Failed to rollover account key', 200);
  }
  return { changed: true, before: shown(data, client.account.jwk), after: shown(data, key.jwk) };
}

async function act(info: RunInfo, a: Args): Promise<JsonObject> {
  const client = await connectAcme(info, a);
  const came =
    a.state === 'absent'
      ? await absent(client, info.check)
      : a.state === 'present'
        ? await present(client, a, info.check)
        : await changedKey(client, a, info);
  const { changed, before, after } = came;
  return { changed, account_uri: client.uri ?? null, ...(info.diff && { diff: { before, after } }) };
}

/** Keeps accounts with ACME servers. */
export const acmeAccount = defineModule({
  name: 'acme_account',
  collection: 'community.crypto',
  summary: 'Keeps an account with an ACME server.',
  args,
  rules: {
    ...acmeKeyRules,
    mutuallyExclusive: [
      ...acmeKeyRules.mutuallyExclusive,
      ['new_account_key_src', 'new_account_key_content'],
    ],
    requiredIf: [['state', 'changed_key', ['new_account_key_src', 'new_account_key_content'], true]],
  },
  returns: { account_uri: 'the account; null when there is none' },
  examples: `
- name: There is an account
  community.crypto.acme_account:
    acme_version: 2
    acme_directory: https://acme-v02.api.letsencrypt.org/directory
    account_key_src: /etc/ssl/private/account.pem
    state: present
    terms_agreed: true
    contact: [mailto:admin@example.com]
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      try {
        return await act(info, info.args);
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        throw new StepError(error.message);
      }
    }),
});
