import { path } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { kernelValue, planSysctl } from './sysctl/plan-sysctl.js';

/** Sets kernel parameters in a file of sysctl, and in the running kernel. */
export const sysctl = defineModule({
  name: 'sysctl',
  collection: 'ansible.posix',
  summary: 'Manages entries in sysctl.conf',
  args: {
    name: { type: 'str', required: true, aliases: ['key'], doc: 'The parameter, as net.ipv4.ip_forward.' },
    value: { type: 'str', aliases: ['val'], doc: 'Its value.' },
    state: {
      type: 'str',
      default: 'present',
      choices: ['present', 'absent'],
      doc: 'Whether the file has it.',
    },
    reload: { type: 'bool', default: true, doc: 'Load the file after a change.' },
    sysctl_set: { type: 'bool', default: false, doc: 'Make sure that the running kernel has the value.' },
    sysctl_file: { type: 'path', default: '/etc/sysctl.conf', doc: 'The file.' },
    ignoreerrors: { type: 'bool', default: false, doc: 'Ignore parameters that the kernel does not know.' },
  },
  rules: { requiredIf: [['state', 'present', ['value']]] },
  words: {
    'missing required arguments: name': 'name cannot be None',
  },
  returns: {},
  examples: `
- name: Forward packets
  sysctl:
    name: net.ipv4.ip_forward
    value: "1"
    sysctl_file: /etc/sysctl.d/60-ffe.conf
`,
  queries: (args) => ({
    file: path(args.sysctl_file, { content: true, follow: true }),
    kernel: kernelValue(args.name.trim()),
  }),
  plan: (args, answers) => planSysctl(args, answers),
});
