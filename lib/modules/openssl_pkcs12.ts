import { type ReadAnswer, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { backendArg, objectArgs, objectReturns } from './crypto/object-args.js';
import {
  exportLook,
  exportScript,
  type Held,
  type Pkcs12Wish,
  parseLook,
  parseScript,
  readExportLook,
} from './crypto/pkcs12.js';
import { contentOf, objectQueries, planGone, planObject, withoutFolder } from './crypto/plan-object.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { complaint, printed, without } from './program.js';

const args = {
  ...objectArgs,
  action: {
    type: 'str',
    default: 'export',
    choices: ['export', 'parse'],
    doc: 'Make one, or write what one holds as PEM.',
  },
  src: { type: 'path', doc: 'The file to parse.' },
  privatekey_path: { type: 'path', doc: 'The private key.' },
  privatekey_content: { type: 'str', noLog: true, doc: 'The private key itself.' },
  privatekey_passphrase: { type: 'str', noLog: true, doc: 'Opens it.' },
  certificate_path: { type: 'path', doc: 'Its certificate, as PEM.' },
  other_certificates: {
    type: 'list',
    elements: 'path',
    aliases: ['ca_certificates'],
    doc: 'Files of further certificates, one each.',
  },
  other_certificates_parse_all: {
    type: 'bool',
    default: false,
    doc: 'Take all certificates of those files.',
  },
  friendly_name: { type: 'str', aliases: ['name'], doc: 'What key and certificate are called in the file.' },
  passphrase: { type: 'str', noLog: true, doc: 'Closes the file, and opens it.' },
  encryption_level: {
    type: 'str',
    default: 'auto',
    choices: ['auto', 'compatibility2022'],
    doc: 'How it is closed; compatibility2022 for older readers.',
  },
  iter_size: { type: 'int', doc: 'How often its passphrase is hashed.' },
  maciter_size: { type: 'int', doc: 'Has no effect: as often as iter_size.' },
  select_crypto_backend: backendArg('cryptography', 'pyopenssl'),
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** Keys are nobody else's. */
const MODE = '0400';

function wishOf(a: Args): Pkcs12Wish {
  const { privatekey_path: path, privatekey_content: content, privatekey_passphrase: passphrase } = a;
  const keyed = path !== undefined || content !== undefined;
  return {
    ...(keyed && { key: { path, content, passphrase } }),
    certificate: a.certificate_path,
    others: a.other_certificates ?? [],
    all: a.other_certificates_parse_all,
    name: a.friendly_name,
    passphrase: a.passphrase,
    older: a.encryption_level === 'compatibility2022',
    rounds: a.iter_size,
  };
}

/** Why the file does not do; undefined when it does. */
function otherThan(wished: Held, now: Held, name: string | undefined): string | undefined {
  const set = (texts: readonly string[]) => [...new Set(texts)].sort().join();
  if (now.key === '' && now.certificates.length === 0) return 'what is there cannot be opened';
  if (now.key !== wished.key) return 'another private key';
  if (wished.key !== '' && set(now.own) !== set(wished.own)) return 'another certificate';
  if (set(now.certificates) !== set(wished.certificates)) return 'other certificates';
  return wished.key !== '' && now.name !== (name ?? '') ? 'another name' : undefined;
}

function reasonOf(a: Args, look: ReadAnswer, exists: boolean): string | undefined {
  if (!exists) return 'there is no file';
  if (a.force) return 'a new file is asked for';
  if (a.action === 'parse') return look.rc === 0 ? undefined : 'the file holds something else';
  const { wished, now } = readExportLook(printed(look));
  return now ? otherThan(wished, now, a.friendly_name) : 'there is no file';
}

/** Makes and reads PKCS #12 files with OpenSSL of the node; keys and passphrases stay out of arguments and environments. */
export const opensslPkcs12 = defineModule({
  name: 'openssl_pkcs12',
  collection: 'community.crypto',
  summary: 'Keeps a private key and certificates in a PKCS #12 file, or writes what one holds as PEM.',
  args,
  rules: {
    requiredIf: [['action', 'parse', ['src']]],
    mutuallyExclusive: [['privatekey_path', 'privatekey_content']],
  },
  returns: {
    ...objectReturns,
    privatekey: 'the file of the private key',
    pkcs12: 'the file in base64, with return_content',
  },
  examples: `
- name: The Java service has its key
  community.crypto.openssl_pkcs12:
    path: /etc/app/key.p12
    friendly_name: app
    passphrase: "{{ vault_app_store }}"
    privatekey_path: /etc/ssl/private/app.pem
    certificate_path: /etc/ssl/app.crt
    other_certificates: [/etc/ssl/ca.crt]
`,
  queries: (a) => ({
    ...objectQueries(a, a.return_content),
    look:
      a.state === 'absent'
        ? undefined
        : readScript(
            a.action === 'parse'
              ? parseLook(a.src ?? '', a.path, a.passphrase)
              : exportLook(wishOf(a), a.path),
          ),
  }),
  plan: (a, seen, info) => {
    const refused = withoutFolder(a, seen, info);
    if (refused) return refused;
    const fields = a.privatekey_path === undefined ? {} : { privatekey: a.privatekey_path };
    if (!seen.look) return planGone(a, seen, fields);
    const lacks = without('openssl', 'openssl', seen.look, info);
    if (lacks) return lacks;
    const unreadable = seen.look.rc !== 0 && !(a.action === 'parse' && seen.look.rc <= 2);
    if (unreadable)
      return mayComeLater(info)
        ? change('an earlier task may make what goes into it', [], { result: fields })
        : failed(complaint(seen.look));
    const content = contentOf(seen.file);
    const now = content === undefined ? null : Buffer.from(content).toString('base64');
    const made = a.action === 'parse' ? parseScript(a.src ?? '', a.passphrase) : exportScript(wishOf(a));
    return planObject(a, seen, {
      reason: reasonOf(a, seen.look, seen.file.exists),
      content: { kind: 'made', script: made },
      mode: MODE,
      result: { ...fields, ...(a.return_content && { pkcs12: now }) },
      next: a.return_content ? [{ kind: 'run', script: `base64 -w 0 -- ${quote(a.path)}`, touches: [] }] : [],
      after: ([, shown]) => (shown ? { pkcs12: printed(shown) } : {}),
    });
  },
});
