import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { blocksOf, hasKey, idForms, type KeyWish, keyrings, planKey, TRUSTED } from './apt-key/plan-key.js';
import { fetchText } from './http/fetch-text.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { complaint } from './program.js';

/** The page of a key server that has a key (the HKP protocol, whose usual port is 11371). */
function keyserverUrl(server: string, id: string): string {
  const [, scheme = 'hkp', host = server] = /^(\w+):\/\/([^/]+)/.exec(server) ?? [];
  const port = scheme === 'hkp' && !/:\d+$/.test(host) ? ':11371' : '';
  const web = scheme === 'hkps' || scheme === 'https' ? 'https' : 'http';
  return `${web}://${host}${port}/pks/lookup?op=get&options=mr&search=0x${id}`;
}

function ringsQuery(wish: KeyWish) {
  const files =
    wish.keyring === undefined
      ? `${TRUSTED} /etc/apt/trusted.gpg.d/*.gpg /etc/apt/trusted.gpg.d/*.asc`
      : quote(wish.keyring);
  return readScript(
    `for f in ${files}; do [ ! -r "$f" ] || { printf '%s\\n' "$f"; base64 -w0 < "$f"; echo; }; done`,
  );
}

/** Manages the keys that apt trusts; no gpg is needed on the node. */
export const aptKey = defineModule({
  name: 'apt_key',
  summary: 'Keeps signing keys among those that apt trusts.',
  args: {
    id: { type: 'str', doc: 'Id of the key: 8, 16 or more hexadecimal digits.' },
    data: { type: 'str', doc: 'The key itself.' },
    file: { type: 'path', doc: 'A file of the node with the key.' },
    keyring: { type: 'path', doc: 'The keyring; with .asc at its end it is written in armor.' },
    url: { type: 'str', doc: 'Where the key is fetched from.' },
    keyserver: { type: 'str', doc: 'A key server that has it.' },
    validate_certs: {
      type: 'bool',
      default: true,
      doc: 'Whether the certificate of the server must be valid.',
    },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is trusted.' },
  },
  rules: { mutuallyExclusive: [['data', 'file', 'keyserver', 'url']] },
  returns: {
    id: 'the id as it was given, or that of the key',
    key_id: 'all of its digits',
    short_id: 'the last 8 of them',
    fp: 'the last 16 of them',
    before: 'ids of keys before',
    after: 'ids of keys after a change',
  },
  examples: `
- name: The key of our own packages
  apt_key:
    url: https://apt.example.net/key.asc
    keyring: /etc/apt/keyrings/ffe.gpg
`,
  queries: (a) => ({
    rings: ringsQuery(a),
    keyring: path(a.keyring ?? TRUSTED, { follow: true }),
    file: a.file === undefined ? undefined : path(a.file, { content: true, follow: true }),
  }),
  more: (a, { rings }) => {
    const id = a.id === undefined ? undefined : idForms(a.id);
    const known =
      id &&
      hasKey(
        keyrings(rings).flatMap((r) => blocksOf(r.data)),
        id.full.slice(-16),
      );
    const url = a.keyserver === undefined ? a.url : id && keyserverUrl(a.keyserver, id.full);
    if (url === undefined || known || (a.state === 'absent' && id)) return undefined;
    return { fetched: fetchText(url, a.validate_certs) };
  },
  plan: (a, { rings, keyring, file, fetched }, info) => {
    if (a.keyserver !== undefined && a.id === undefined)
      return failed('Missing key_id, required with keyserver.');
    if (a.file !== undefined && !file?.exists && !mayComeLater(info))
      return failed(`Unable to extract key from '${a.file}': there is no such file`);
    if (fetched && fetched.rc !== 0) {
      if (mayComeLater(info)) return change('an earlier task may make the key be reached', []);
      const from =
        a.keyserver === undefined
          ? `Failed to download key at ${a.url}`
          : `Error fetching key ${a.id} from keyserver: ${a.keyserver}`;
      return failed(`${from}: ${complaint(fetched)}`);
    }
    const content = file?.exists && file.content ? Buffer.from(file.content) : undefined;
    const key = fetched?.stdout ?? content ?? (a.data === undefined ? undefined : Buffer.from(a.data));
    return planKey(a, { keyring, rings: keyrings(rings), key }, info);
  },
});
