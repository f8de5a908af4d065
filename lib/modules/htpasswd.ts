import { FfeError } from '../errors/error.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { argText } from './edit/bytes.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { fileArgs, pathFields } from './file-attributes.js';
import { hashBy, isKept } from './htpasswd/schemes.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

const args = {
  path: { type: 'path', required: true, aliases: ['dest', 'destfile'], doc: 'The file.' },
  name: { type: 'str', required: true, aliases: ['username'], doc: 'The user.' },
  password: { type: 'str', noLog: true, doc: 'The password; needed unless the user goes away.' },
  crypt_scheme: {
    type: 'str',
    default: 'apr_md5_crypt',
    aliases: ['hash_scheme'],
    doc: 'How it is kept: apr_md5_crypt, bcrypt, sha512_crypt, sha256_crypt, md5_crypt, ldap_sha1 or plaintext.',
  },
  create: { type: 'bool', default: true, doc: 'Make the file when it is not there.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether the user is in it.',
  },
  ...fileArgs,
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const editing = (a: Args) => ({ ...a, backup: false, create: a.create && a.state === 'present' });

/** The lines with the user's own changed, added or taken out; undefined when all is as wished. */
function edited(a: Args, text: string): { text: string; msg: string } | undefined {
  const user = argText(a.name);
  const lines = text.split(/(?<=\n)/);
  const at = lines.findIndex((line) => line.startsWith(`${user}:`));
  const rest = lines[at]?.slice(user.length + 1).trimEnd() ?? '';
  if (a.state === 'absent') {
    if (at < 0) return undefined;
    return { text: lines.filter((_, i) => i !== at).join(''), msg: `Remove ${a.name}` };
  }
  const [kept = '', ...more] = rest.split(':');
  if (at >= 0 && isKept(a.crypt_scheme, a.password!, kept)) return undefined;
  const fresh = `${[`${user}:${argText(hashBy(a.crypt_scheme, a.password!))}`, ...more].join(':')}\n`;
  if (at >= 0) return { text: lines.with(at, fresh).join(''), msg: `Add/update ${a.name}` };
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return { text: `${text}${end}${fresh}`, msg: `Add/update ${a.name}` };
}

/** Keeps users and passwords in files that web servers read. */
export const htpasswd = defineModule({
  name: 'htpasswd',
  collection: 'community.general',
  summary: 'Keeps users and their passwords in a file for basic authentication.',
  args,
  rules: { requiredIf: [['state', 'present', ['password']]] },
  returns: { msg: 'what was done' },
  examples: `
- name: The status page asks for a password
  htpasswd:
    path: /etc/nginx/status.htpasswd
    name: ops
    password: "{{ status_password }}"
    group: www-data
    mode: "0640"
`,
  queries: (a) => editQueries(editing(a)),
  plan: (a, answers, info) => {
    if (/[:\n\0]/.test(a.name)) return failed(`name must hold no colon and no line end: ${a.name}`);
    const there = answers.file.exists;
    if (a.state === 'absent' && !there) return ok('there is no such file', { msg: `${a.path} not present` });
    const style = {
      absentMsg: `Destination ${a.path} does not exist`,
      backupField: 'backup_file',
      contentHeader: (p: string) => p,
    } as const;
    try {
      const plan = planEdit(editing(a), answers, info, style, (text) => {
        const done = edited(a, text ?? '');
        const settled = a.state === 'present' ? 'already present' : 'not present';
        if (!done) return { text: text ?? '', msg: '', result: { msg: `${a.name} ${settled}` } };
        return { ...done, msg: there ? done.msg : `Created ${a.path} and added ${a.name}` };
      });
      // What is kept of passwords is for nobody to see.
      return plan.kind === 'change' ? { ...plan, diff: [] } : plan;
    } catch (error) {
      if (error instanceof FfeError) return failed(error.message);
      throw error;
    }
  },
  report: (_, { file }) => pathFields(file),
});
