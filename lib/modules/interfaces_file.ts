import type { ArgSpec, ArgsOf } from './args.js';
import { argText } from './edit/bytes.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { fileArgs, pathFields } from './file-attributes.js';
import { editInterfaces, NoInterfaceError } from './interfaces/edit.js';
import { MisplacedError, parseInterfaces, summary } from './interfaces/parse.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

const args = {
  dest: { type: 'path', default: '/etc/network/interfaces', doc: 'The file.' },
  iface: { type: 'str', doc: 'The interface.' },
  address_family: { type: 'str', doc: 'Of which family: inet or inet6; all when absent.' },
  option: { type: 'str', doc: 'The option; method changes that of the interface.' },
  value: { type: 'str', doc: 'Its value.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], doc: 'Whether it is there.' },
  ...fileArgs,
} as const satisfies ArgSpec;

const editing = (a: ArgsOf<typeof args>) => ({ ...a, path: a.dest });

/** Edits options of interfaces in ifupdown's file. */
export const interfacesFile = defineModule({
  name: 'interfaces_file',
  collection: 'community.general',
  summary: 'Sets options of interfaces in /etc/network/interfaces.',
  args,
  rules: { requiredBy: { option: ['iface'] } },
  returns: {
    dest: 'the file',
    ifaces: 'interfaces with their options',
    backup_file: 'the copy that was kept',
  },
  examples: `
- name: Packets on eth1 are small
  interfaces_file:
    iface: eth1
    option: mtu
    value: "1400"
`,
  queries: (a) => editQueries(editing(a)),
  plan: (a, answers, info) => {
    const { iface, option, value, state } = a;
    if (option !== undefined && state === 'present' && value === undefined)
      return failed("Value must be set if option is defined and state is 'present'");
    const style = {
      absentMsg: `${a.dest} does not exist`,
      backupField: 'backup_file',
      contentHeader: (p: string) => p,
    } as const;
    try {
      return planEdit(editing(a), answers, info, style, (text = '') => {
        const lines = parseInterfaces(text);
        const wish = { ...a, iface: iface ?? '', value: value === undefined ? undefined : argText(value) };
        const done = option === undefined ? lines : editInterfaces(lines, { ...wish, option });
        const fresh = done.map((l) => l.line).join('');
        const result = { dest: a.dest, ifaces: summary(parseInterfaces(fresh)) };
        return { text: fresh, msg: 'option changed', result };
      });
    } catch (error) {
      if (error instanceof NoInterfaceError || error instanceof MisplacedError) return failed(error.message);
      throw error;
    }
  },
  report: (_, { file }) => pathFields(file),
});
