import type { ArgSpec, ArgsOf } from './args.js';
import { editCrypttab, isNew } from './crypttab/edit-crypttab.js';
import { argText, byteText } from './edit/bytes.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

const args = {
  name: { type: 'str', required: true, doc: 'The encrypted device; /dev/mapper/ may stand before it.' },
  state: {
    type: 'str',
    required: true,
    choices: ['absent', 'opts_absent', 'opts_present', 'present'],
    doc: 'Whether its line, or some of its options, are there.',
  },
  backing_device: { type: 'str', doc: 'The device or file below it, or UUID=...' },
  password: { type: 'path', doc: 'A file with its password; - or nothing to be asked at boot.' },
  opts: { type: 'str', doc: 'Options, with commas between them.' },
  path: { type: 'path', default: '/etc/crypttab', doc: 'The file.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** What cannot be, in Ansible's words. */
function wrong(a: Args): string | undefined {
  const { backing_device, password, opts, name, state } = a;
  const given = { backing_device, password, opts };
  if (state !== 'absent' && Object.values(given).every((value) => value === undefined))
    return "expected one or more of 'backing_device', 'password' or 'opts'";
  if (state.startsWith('opts') && (backing_device !== undefined || password !== undefined))
    return `cannot update 'backing_device' or 'password' when state=${state}`;
  const bad = Object.entries({ name, ...given }).find(([, v]) => v !== undefined && /[ \t]|^$/.test(v));
  return bad && `invalid '${bad[0]}': contains white space or is empty`;
}

/** The arguments that every edit of a file looks at. */
function editing({ path }: Args) {
  return { path, backup: false, create: true, unsafe_writes: false, follow: true } as const;
}

/** Keeps entries of crypttab. */
export const crypttab = defineModule({
  name: 'crypttab',
  collection: 'community.general',
  summary: 'Keeps the entries of crypttab: devices that are decrypted at boot.',
  args,
  returns: {},
  examples: `
- name: The disk of the database is decrypted at boot
  crypttab:
    name: data
    state: present
    backing_device: UUID=4c1e6d1e-3f4a-4c66-9b3f-4f1a1e6c4f50
    password: /root/data.key
    opts: luks,discard
`,
  queries: (a) => editQueries(editing(a)),
  plan: (a, answers, info) => {
    const no = wrong(a);
    if (no !== undefined) return failed(no);
    const text = (value: string | undefined) => (value === undefined ? undefined : argText(value));
    const wish = {
      ...{ state: a.state, name: argText(a.name.replace(/^\/dev\/mapper\//, '')) },
      ...{ backing_device: text(a.backing_device), password: text(a.password), opts: text(a.opts) },
    };
    const { file } = answers;
    const before = file.exists && file.content ? byteText(file.content) : '';
    if (a.backing_device === undefined && isNew(before, wish))
      return failed("'backing_device' required to add a new entry");
    const style = {
      absentMsg: `${a.path} does not exist`,
      backupField: 'backup_file',
      contentHeader: (p: string) => p,
    } as const;
    return planEdit(editing(a), answers, info, style, (now = '') => editCrypttab(now, wish));
  },
});
