import { dirname } from 'node:path/posix';
import { path } from '../node/queries/query.js';
import { withoutFolder } from './crypto/plan-object.js';
import { planPair } from './crypto/plan-ssh-key.js';
import { probeSshKey, readSshProbe } from './crypto/ssh-keygen.js';
import { fileArgs, WishError } from './file-attributes.js';
import { defineModule } from './module.js';
import { change, failed, ok } from './plan.js';
import { without } from './program.js';

const SIZES: Readonly<Record<string, number>> = { rsa: 4096, dsa: 1024, ecdsa: 256, ed25519: 256 };

/** The bits of a new key, or why there cannot be such a one. */
function sizeFor(type: string, size: number | undefined, format: string): number | string {
  const bits = type === 'ed25519' ? SIZES.ed25519! : (size ?? SIZES[type]);
  if (bits === undefined) return `${type} keys are not made by any OpenSSH of today`;
  if (type === 'rsa' && bits < 1024)
    return 'For RSA keys, the minimum size is 1024 bits and the default is 4096 bits.';
  if (type === 'dsa' && bits !== 1024)
    return 'DSA keys must be exactly 1024 bits as specified by FIPS 186-2.';
  if (type === 'ecdsa' && ![256, 384, 521].includes(bits)) return 'ECDSA keys have 256, 384 or 521 bits.';
  if (type === 'ed25519' && (format === 'pkcs1' || format === 'pkcs8'))
    return `ssh-keygen writes ed25519 keys only in the format ssh, not ${format}`;
  return bits;
}

/** Makes pairs of keys for ssh with ssh-keygen of the node; a passphrase is never in its words or environment. */
export const opensshKeypair = defineModule({
  name: 'openssh_keypair',
  collection: 'community.crypto',
  summary: 'Keeps a pair of keys for ssh in two files.',
  args: {
    path: {
      type: 'path',
      required: true,
      doc: 'The file of the private key; the public one is beside it, as .pub.',
    },
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'present'],
      doc: 'Whether they are there.',
    },
    type: {
      type: 'str',
      default: 'rsa',
      choices: ['dsa', 'ecdsa', 'ed25519', 'rsa', 'rsa1'],
      doc: 'The kind of keys; rsa1 is refused.',
    },
    size: { type: 'int', doc: 'Their bits: 4096 for rsa, 1024 for dsa, 256, 384 or 521 for ecdsa.' },
    force: { type: 'bool', default: false, doc: 'Make them anew even when they are as wished.' },
    comment: { type: 'str', doc: 'The comment of the public key.' },
    passphrase: { type: 'str', noLog: true, doc: 'Closes the private key, and opens it.' },
    private_key_format: {
      type: 'str',
      default: 'auto',
      choices: ['auto', 'pkcs1', 'pkcs8', 'ssh'],
      doc: 'How the private key is written; auto takes what ssh-keygen makes, and any that is there.',
    },
    backend: {
      type: 'str',
      default: 'auto',
      choices: ['auto', 'cryptography', 'opensshbin'],
      doc: 'Has no effect: the work is done by ssh-keygen of the node.',
    },
    regenerate: {
      type: 'str',
      default: 'partial_idempotence',
      choices: ['always', 'fail', 'full_idempotence', 'never', 'partial_idempotence'],
      doc: 'When keys are made although there are some: never; fail when they differ; for another kind or size (partial_idempotence); also when the private key cannot be opened (full_idempotence); always.',
    },
    ...fileArgs,
  },
  diffs: { single: true },
  returns: {
    size: 'the bits that are wished',
    type: 'the kind that is wished',
    filename: 'the file of the private key',
    fingerprint: 'the hash of the public key, as ssh-keygen -l shows it',
    public_key: 'the public key, without its comment',
    comment: 'the comment of the public key',
  },
  examples: `
- name: The backup user has a key
  community.crypto.openssh_keypair:
    path: /home/backup/.ssh/id_ed25519
    type: ed25519
    owner: backup
`,
  queries: (a) => ({
    file: path(a.path, { follow: true, attributes: a.attributes !== undefined }),
    pub: path(`${a.path}.pub`, { follow: true, content: true, attributes: a.attributes !== undefined }),
    parent: path(dirname(a.path), { follow: true }),
    now: a.state === 'present' ? probeSshKey(a.path, a.passphrase) : undefined,
  }),
  plan: (a, { file, pub, parent, now }, info) => {
    const refused = withoutFolder({ ...a, backup: false }, { file, parent }, info);
    if (refused) return refused;
    if (file.exists && file.type === 'directory')
      return failed(`${a.path} is a directory. Please specify a path to a file.`);
    const size = sizeFor(a.type, a.size, a.private_key_format);
    if (typeof size === 'string') return failed(size);
    if (!now) {
      const gone = [file, pub]
        .filter((f) => f.exists)
        .map(({ path: p }) => ({ kind: 'remove', path: p, recurse: false }) as const);
      const result = { size, type: a.type, filename: a.path, fingerprint: '', public_key: '', comment: '' };
      return gone.length > 0
        ? change('the keys are there', gone, { result })
        : ok('the keys are absent', result);
    }
    const lacks = without('ssh-keygen', 'openssh-client', now, info);
    if (lacks) return lacks;
    const regenerate = a.force ? 'always' : a.regenerate;
    const wish = {
      ...a,
      size,
      regenerate,
      format: a.private_key_format,
      passphrase: a.passphrase || undefined,
    };
    try {
      return planPair(wish, { file, pub, now: readSshProbe(now) }, info);
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      return failed(error.message);
    }
  },
});
