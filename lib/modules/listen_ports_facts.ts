import { readScript } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { readNetstat, readSs, type Socket } from './listening/read-sockets.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { complaint, printed } from './program.js';

/** What parts the sockets from the processes. */
const MARK = '-- processes --';

/** The processes by their numbers: when each began, and whose it is. */
function readProcesses(text: string): Map<number, { stime: string; user: string }> {
  const lines = text.split('\n').map((line) => /^ *(\d+) +(\S+) +(.*)$/.exec(line));
  return new Map(
    lines.flatMap((found) =>
      found ? [[Number(found[1]), { user: found[2]!, stime: found[3]!.trimEnd() }] as const] : [],
    ),
  );
}

/** Tells which ports are served, as facts. */
export const listenPortsFacts = defineModule({
  name: 'listen_ports_facts',
  collection: 'community.general',
  summary: 'Tells which processes listen on TCP and UDP ports.',
  tells: true,
  args: {
    command: {
      type: 'str',
      choices: ['netstat', 'ss'],
      doc: 'The program that tells; default: the first of them that is there.',
    },
    include_non_listening: {
      type: 'bool',
      default: false,
      doc: 'Also tell of connections, with their states.',
    },
  },
  returns: {
    ansible_facts:
      'tcp_listen and udp_listen: of each address, port, protocol, pid, name, user, stime; with include_non_listening foreign_address and state',
  },
  examples: `
- name: What is served here
  community.general.listen_ports_facts:
`,
  queries: (a) => ({
    seen: readScript(`export LC_ALL=C
for c in ${a.command ?? 'netstat ss'}; do command -v $c >/dev/null && break; c=; done
[ "$c" ] || exit 127
echo "$c"; $c -p -u -n -t ${a.include_non_listening ? '-a' : '-l'} 2>/dev/null || exit
echo '${MARK}'; ps -eo pid=,user=,lstart= 2>/dev/null; :`),
  }),
  plan: (a, { seen }) => {
    if (seen.rc === 127)
      return failed(
        a.command === undefined
          ? 'Unable to find any of the supported commands in PATH: netstat, ss'
          : `Failed to find required executable "${a.command}" on the node`,
      );
    if (seen.rc !== 0) return failed(complaint(seen));
    const [told = '', listed = ''] = printed(seen).split(`${MARK}\n`);
    const [command, ...lines] = told.split('\n');
    const processes = readProcesses(listed);
    const show = ({ state, foreign_address, ...socket }: Socket): JsonObject => ({
      ...socket,
      ...(a.include_non_listening && { state, foreign_address }),
      ...{ stime: '', user: '' },
      ...processes.get(socket.pid),
    });
    const sockets = command === 'netstat' ? readNetstat(lines) : readSs(lines);
    const of = (protocol: string) => sockets.filter((s) => s.protocol.startsWith(protocol)).map(show);
    return ok('ports were listed', { ansible_facts: { tcp_listen: of('tcp'), udp_listen: of('udp') } });
  },
});
