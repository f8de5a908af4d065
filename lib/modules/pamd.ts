import type { ArgSpec, ArgsOf } from './args.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { defineModule } from './module.js';
import { editRules, ruleWish } from './pamd/edit-rules.js';
import { PamError, readService, TYPES } from './pamd/rule.js';
import { failed } from './plan.js';

const args = {
  name: { type: 'str', required: true, doc: 'The service: the name of its file.' },
  type: { type: 'str', required: true, choices: TYPES, doc: 'The type of the rules that are meant.' },
  control: {
    type: 'str',
    required: true,
    doc: 'Their control, such as required or [success=1 default=ignore].',
  },
  module_path: { type: 'str', required: true, doc: 'Their module, such as pam_unix.so.' },
  new_type: { type: 'str', choices: TYPES, doc: 'The type they get, or that of the rule beside them.' },
  new_control: { type: 'str', doc: 'Likewise the control.' },
  new_module_path: { type: 'str', doc: 'Likewise the module.' },
  module_arguments: { type: 'list', elements: 'str', doc: "The module's arguments." },
  state: {
    type: 'str',
    default: 'updated',
    choices: ['absent', 'after', 'args_absent', 'args_present', 'before', 'updated'],
    doc: 'Change them, remove them, have another rule before or after them, or have arguments or have them not.',
  },
  path: { type: 'path', default: '/etc/pam.d', doc: 'The folder of the services.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const fileOf = (a: Args): string => `${a.path.replace(/\/+$/, '')}/${a.name}`;
const editing = (a: Args) => ({ path: fileOf(a), backup: a.backup, unsafe_writes: false });
const NEW = ['new_control', 'new_type', 'new_module_path'];

/** Edits the rules of a PAM service. */
export const pamd = defineModule({
  name: 'pamd',
  collection: 'community.general',
  summary: 'Keeps rules of a PAM service.',
  args,
  rules: {
    requiredIf: [
      ['state', 'args_present', ['module_arguments']],
      ['state', 'args_absent', ['module_arguments']],
      ['state', 'before', NEW],
      ['state', 'after', NEW],
    ],
  },
  diffs: { single: true },
  returns: { change_count: 'how many rules changed', backupdest: 'the copy that was kept; empty for none' },
  examples: `
- name: Passwords are remembered
  pamd:
    name: common-password
    type: password
    control: "[success=1 default=ignore]"
    module_path: pam_unix.so
    module_arguments: remember=5
    state: args_present
`,
  queries: (a) => editQueries(editing(a)),
  plan: (a, answers, info) => {
    const style = {
      absentMsg: `Unable to open/read PAM module file ${fileOf(a)}: it does not exist`,
      backupField: 'backupdest',
      contentHeader: (p: string) => p,
    } as const;
    try {
      return planEdit(editing(a), answers, info, style, (text = '') => {
        const { lines, count } = editRules(readService(text), ruleWish(a));
        const edited = count === 0 ? text : lines.map((line) => `${line.text}\n`).join('');
        const msg = count === 0 ? '' : `${count} rules changed`;
        return { text: edited, msg, result: { change_count: count, backupdest: '' } };
      });
    } catch (error) {
      if (error instanceof PamError) return failed(error.message);
      throw error;
    }
  },
});
