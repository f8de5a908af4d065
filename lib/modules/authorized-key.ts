import { passwd, path, readScript } from '../node/queries/query.js';
import { keyChange, keyFile, planKeys } from './authorized-key/plan-keys.js';
import { fetchText } from './http/fetch-text.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';

/** Adds and removes keys of a user's authorized_keys file. */
export const authorizedKey = defineModule({
  name: 'authorized_key',
  collection: 'ansible.posix',
  summary: "Keeps public keys in a user's authorized_keys.",
  args: {
    user: { type: 'str', required: true, doc: 'Whose file it is.' },
    key: { type: 'str', required: true, doc: 'One or more keys, one per line, or a URL that holds them.' },
    path: { type: 'path', doc: 'Another file than ~/.ssh/authorized_keys.' },
    manage_dir: {
      type: 'bool',
      default: true,
      doc: "Make the file's directory, with mode 0700 and the user's.",
    },
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'present'],
      doc: 'Whether they are there.',
    },
    key_options: { type: 'str', doc: 'Options before each key.' },
    exclusive: { type: 'bool', default: false, doc: 'Remove everything else from the file.' },
    comment: { type: 'str', doc: 'Comment of each key, instead of its own.' },
    validate_certs: { type: 'bool', default: true, doc: 'Verify the certificate of the URL.' },
    follow: { type: 'bool', default: false, doc: 'Write through a symbolic link.' },
  },
  returns: {
    keyfile: 'the file',
    key: 'the keys as given',
    user: 'the user',
    key_option: 'never set; key_options has them, as with Ansible',
    ...{ exclusive: 'as given', manage_dir: 'as given', path: 'as given', state: 'as given' },
    ...{ unique: 'never set, as with Ansible', validate_certs: 'as given' },
  },
  examples: `
- name: The operator may log in
  authorized_key:
    user: ffe
    key: "{{ lookup('file', 'operator.pub') }}"
`,
  queries: (args) => ({
    user: passwd(args.user),
    file: args.path === undefined ? undefined : path(args.path, { content: true, follow: args.follow }),
    dir:
      args.path === undefined ? undefined : path(args.path.replace(/\/[^/]*$/, '') || '/', { follow: true }),
    // One look through the user's home, in the same round trip as the user itself; enough when nothing changes.
    look:
      args.path === undefined && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(args.user)
        ? readScript(`cat ~${args.user}/.ssh/authorized_keys 2>/dev/null`)
        : undefined,
    fetched: /^https?:/.test(args.key) ? fetchText(args.key, args.validate_certs) : undefined,
  }),
  more: (args, answers) => {
    const file = keyFile(args, answers.user);
    if (args.path !== undefined || file === undefined) return undefined;
    const change = keyChange(args, answers);
    if (answers.look !== undefined && (typeof change === 'string' || change.text === undefined))
      return undefined;
    return {
      file: path(file, { content: true, follow: args.follow }),
      dir: path(file.replace(/\/[^/]*$/, ''), { follow: true }),
    };
  },
  plan: (args, answers, info) => planKeys(args, answers, info.check, mayComeLater(info)),
});
