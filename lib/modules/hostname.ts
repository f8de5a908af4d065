import type { Outcome, RunAction } from '../node/actions/action.js';
import { readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { defineModule } from './module.js';
import { change, failed, ok } from './plan.js';

/** Sets a name by systemd where it runs, else by the file and the kernel. */
function setName(name: string): RunAction {
  const n = quote(name);
  const script = `if [ -d /run/systemd/system ] && command -v hostnamectl >/dev/null; then
  hostnamectl --pretty --static set-hostname ${n} && hostnamectl --transient set-hostname ${n}
else printf '%s\\n' ${n} > /etc/hostname && hostname ${n}; fi`;
  return { kind: 'run', script };
}

/** Sets the name of the node, now and for later boots. */
export const hostname = defineModule({
  name: 'hostname',
  summary: 'Manages the hostname',
  args: {
    name: { type: 'str', required: true, doc: 'The name.' },
    use: {
      type: 'str',
      choices: [
        'alpine',
        'debian',
        'freebsd',
        'generic',
        'macos',
        'macosx',
        'darwin',
        'openbsd',
        'openrc',
        'redhat',
        'sles',
        'solaris',
        'systemd',
      ],
      doc: 'How it is set; default: as the node does. Only debian, generic and systemd are for nodes.',
    },
  },
  diffs: { always: true, single: true },
  returns: { name: 'the name' },
  examples: `
- name: The node has its inventory name
  hostname:
    name: "{{ inventory_hostname }}"
`,
  queries: () => ({
    names:
      readScript(`read -r n < /proc/sys/kernel/hostname; s=; [ ! -r /etc/hostname ] || while read -r l || [ -n "$l" ]; do
case $l in ''|\\#*) ;; *) s=$l;; esac; done < /etc/hostname; printf '%s\\n' "$n" "$s"`),
    fqdn: readScript('hostname -f 2>/dev/null || :'),
  }),
  plan: (args, { names, fqdn }) => {
    if (args.use !== undefined && !['debian', 'generic', 'systemd'].includes(args.use))
      return failed(`the strategy '${args.use}' is for other systems than Debian and Ubuntu`);
    if (args.name.length > 64)
      return failed('name cannot be longer than 64 characters on systemd servers, try a shorter name');
    const [current = '', permanent = ''] = names.stdout.toString('utf8').split('\n');
    const full = fqdn.stdout.toString('utf8').trim() || args.name;
    const result = {
      name: args.name,
      ansible_facts: {
        ansible_hostname: args.name.split('.')[0],
        ansible_nodename: args.name,
        ansible_fqdn: full,
        ansible_domain: full.split('.').slice(1).join('.'),
      },
    };
    if (current === args.name && permanent === args.name) return ok('node has the name', result);
    const before = current === args.name ? permanent : current;
    return change('node gets the name', [setName(args.name)], {
      result,
      diff: [{ before: `hostname = ${before}\n`, after: `hostname = ${args.name}\n` }],
      explain: (_, o: Outcome) =>
        `Command failed rc=${o.rc}, out=${o.stdout.toString()}, err=${o.stderr.toString()}`,
    });
  },
});
