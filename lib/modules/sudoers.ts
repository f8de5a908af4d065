import { text } from '../node/content.js';
import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { modeText } from './file-attributes.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok } from './plan.js';
import { probed, textOf } from './probed-file.js';
import { printed } from './program.js';

const MODE = 0o440;

const args = {
  name: { type: 'str', required: true, doc: 'Name of the file with the rule.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['present', 'absent'],
    doc: 'Whether the rule is there.',
  },
  user: { type: 'str', doc: 'The user it is for.' },
  group: { type: 'str', doc: 'The group it is for.' },
  commands: { type: 'list', elements: 'str', doc: 'What may be run; ALL for everything.' },
  nopassword: { type: 'bool', default: true, doc: 'No password is asked.' },
  setenv: { type: 'bool', default: false, doc: 'The environment may be kept.' },
  noexec: { type: 'bool', default: false, doc: 'The commands may not run others.' },
  host: { type: 'str', default: 'ALL', doc: 'On which hosts.' },
  runas: { type: 'str', doc: 'As whom they may be run.' },
  sudoers_path: { type: 'str', default: '/etc/sudoers.d', doc: 'The folder of the file.' },
  validation: {
    type: 'str',
    default: 'detect',
    choices: ['absent', 'detect', 'required'],
    doc: 'Whether visudo looks at the rule first: never, where it is installed, or always.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function rule(a: Args): string {
  const who = a.user ?? `%${a.group}`;
  const runas = a.runas === undefined ? '' : `(${a.runas})`;
  const tags = `${a.nopassword ? 'NOPASSWD:' : ''}${a.setenv ? 'SETENV:' : ''}${a.noexec ? 'NOEXEC:' : ''}`;
  return `${who} ${a.host}=${runas}${tags} ${(a.commands ?? []).join(', ')}\n`;
}

function filePath(a: Args): string {
  return `${a.sudoers_path.replace(/\/+$/, '')}/${a.name}`;
}

/** Grants rights by files of sudo. */
export const sudoers = defineModule({
  name: 'sudoers',
  collection: 'community.general',
  summary: 'Keeps rules for sudo, each in a file of its own.',
  args,
  rules: {
    mutuallyExclusive: [['user', 'group']],
    requiredIf: [
      ['state', 'present', ['commands']],
      ['state', 'present', ['user', 'group'], true],
    ],
  },
  returns: {},
  examples: `
- name: Deployers may restart the application
  sudoers:
    name: deploy
    group: deploy
    commands: /usr/bin/systemctl restart app
`,
  queries: (a) => ({
    file: path(filePath(a), { content: true }),
    checked:
      a.state === 'absent' || a.validation === 'absent'
        ? undefined
        : readScript(
            `command -v visudo >/dev/null || exit 127; printf %s ${quote(rule(a))} | visudo -c -f - 2>&1`,
          ),
  }),
  plan: (a, { file, checked }, info) => {
    const at = filePath(a);
    const before = textOf(file) ?? '';
    const header = { beforeHeader: file.exists ? at : '/dev/null' };
    if (a.state === 'absent') {
      if (!file.exists) return ok('there is no such rule');
      return change('the rule goes away', [{ kind: 'remove', path: at, recurse: false }], {
        diff: [{ before, after: '', ...header, afterHeader: '/dev/null' }],
      });
    }
    const lacks = checked?.rc === 127;
    if (lacks && a.validation === 'required' && !mayComeLater(info))
      return failed('Failed to find required executable "visudo" on the node; Debian\'s package sudo has it');
    if (checked && !lacks && checked.rc !== 0)
      return failed(`Failed to validate sudoers rule:\n${printed(checked).trim()}`);
    const after = rule(a);
    const mode = file.exists ? file.mode : undefined;
    if (file.exists && before === after && mode === MODE) return ok('the rule is as wished');
    const modes =
      mode === undefined || mode === MODE
        ? []
        : [{ before: { mode: modeText(mode) }, after: { mode: modeText(MODE) } }];
    const attributes = { mode: MODE };
    return change(
      'the rule is written',
      [{ kind: 'write', path: at, content: text(after), expect: probed(file), attributes, follow: false }],
      {
        diff: [...(before === after ? [] : [{ before, after, ...header, afterHeader: at }]), ...modes],
      },
    );
  },
});
