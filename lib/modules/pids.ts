import { readScript } from '../node/queries/query.js';
import { textPattern } from './edit/regex.js';
import { WishError } from './file-attributes.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { printed } from './program.js';

/** A process: its name, its program, and its words. */
type Process = { pid: number; name: string; exe: string; words: string[] };

// All that is told of processes, by two programs; what ends while they look is left out.
const LOOK = `find /proc -maxdepth 2 -path '/proc/[0-9]*/exe' -printf '==> %p <==\\n%l\\n' 2>/dev/null
head -vc 65536 /proc/[0-9]*/comm /proc/[0-9]*/cmdline 2>/dev/null; :`;

/** The kernel keeps this many characters of a name; the rest is in the first word. */
const SHORT = 15;

function readProcesses(text: string): Process[] {
  const [, ...parts] = text.split(/(?:^|\n)==> \/proc\/(\d+)\/(exe|comm|cmdline) <==\n/);
  const found = new Map<number, Process>();
  for (let i = 0; i + 2 < parts.length; i += 3) {
    const pid = Number(parts[i]);
    const one = found.get(pid) ?? { pid, name: '', exe: '', words: [] };
    const said = parts[i + 2]!;
    if (parts[i + 1] === 'exe') one.exe = said.trimEnd();
    if (parts[i + 1] === 'comm') one.name = said.trimEnd();
    if (parts[i + 1] === 'cmdline')
      one.words = said
        .replace(/\0?\n?$/, '')
        .split('\0')
        .filter((w, n) => n > 0 || w !== '');
    found.set(pid, one);
  }
  return [...found.values()].map((one) => ({ ...one, name: whole(one) })).sort((a, b) => a.pid - b.pid);
}

function last(path: string | undefined): string {
  return (path ?? '').split('/').at(-1) ?? '';
}

function whole({ name, words }: Process): string {
  const first = last(words[0]);
  return name.length >= SHORT && first.startsWith(name) ? first : name;
}

/** Tells which processes run. */
export const pids = defineModule({
  name: 'pids',
  collection: 'community.general',
  summary: 'Tells the numbers of the processes of a name or pattern.',
  tells: true,
  args: {
    name: {
      type: 'str',
      doc: 'The name of the process, or its first word; upper and lower case are the same.',
    },
    pattern: { type: 'str', doc: 'A regular expression for its name, program or command line.' },
    ignore_case: { type: 'bool', default: false, doc: 'The pattern takes upper and lower case as the same.' },
  },
  rules: { requiredOneOf: [['name', 'pattern']], mutuallyExclusive: [['name', 'pattern']] },
  returns: { pids: 'the numbers, in order' },
  examples: `
- name: Is the old daemon still there?
  community.general.pids:
    name: acme-old
  register: old
`,
  queries: () => ({ seen: readScript(LOOK) }),
  plan: (a, { seen }) => {
    const all = readProcesses(printed(seen));
    const same = (text: string | undefined) => text?.toLowerCase() === a.name?.toLowerCase();
    try {
      const regex =
        a.pattern === undefined ? undefined : textPattern(a.ignore_case ? `(?i)${a.pattern}` : a.pattern);
      const matches = ({ name, exe, words }: Process) =>
        regex
          ? [name, last(exe), words.join(' ')].some((text) => regex.search(text))
          : same(name) || same(words[0]);
      return ok('processes were looked at', { pids: all.filter(matches).map(({ pid }) => pid) });
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      return failed(`'${a.pattern}' is not a valid regular expression: ${error.message}`);
    }
  },
});
