import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { mustStep, StepError, step, stepping } from './steps.js';

const args = {
  command: { type: 'str', doc: 'What is to be run.' },
  script_file: { type: 'str', doc: 'A file of the node that is to be run.' },
  count: { type: 'int', doc: 'How many units from now.' },
  units: { type: 'str', choices: ['minutes', 'hours', 'days', 'weeks'], doc: 'The unit of count.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether it will run; absent takes away every job that holds the same text.',
  },
  unique: { type: 'bool', default: false, doc: 'Add nothing when a job holds the same text.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

// Prints the numbers of the jobs whose text holds what is on standard input; `at -c` shows a job with its environment.
const MATCHING = `w=$(cat) && atq | while read -r n rest; do
case $(at -c "$n") in *"$w"*) printf '%s\\n' "$n" ;; esac; done`;

async function textOf(info: RunInfo, a: Args): Promise<string> {
  if (a.command !== undefined) return a.command;
  return (await mustStep(info, ['cat', '--', a.script_file!])).out;
}

async function matching(info: RunInfo, text: string): Promise<string[]> {
  const { out } = await mustStep(info, ['sh', '-c', MATCHING], { stdin: Buffer.from(text.trim()) });
  return out.split('\n').filter(Boolean);
}

async function schedule(info: RunInfo, a: Args): Promise<ModuleResult> {
  const { state, count, units } = a;
  if (state === 'present' && (!count || !units))
    throw new StepError('present state requires count and units');
  if ((await step(info, ['sh', '-c', 'command -v at'])).rc !== 0)
    throw new StepError('Failed to find required executable "at" on the node; Debian\'s package at has it');
  const text = await textOf(info, a);
  const known = state === 'absent' || a.unique ? await matching(info, text) : [];
  if (state === 'absent') {
    if (known.length > 0) await mustStep(info, ['atrm', ...known]);
    return { changed: known.length > 0, state };
  }
  if (known.length > 0) return { changed: false, state };
  const when = ['now', '+', String(count), units!];
  const file = a.script_file === undefined ? [] : ['-f', a.script_file];
  await mustStep(info, ['at', ...file, ...when], { stdin: Buffer.from(file.length > 0 ? '' : `${text}\n`) });
  return { changed: true, state, script_file: a.script_file ?? null, count: count!, units: units! };
}

/** Has something run once, later. */
export const at = defineModule({
  name: 'at',
  collection: 'ansible.posix',
  summary: 'Has a command or a script run once at a later time.',
  args,
  rules: {
    mutuallyExclusive: [['command', 'script_file']],
    requiredOneOf: [['command', 'script_file']],
  },
  returns: { state: 'as wished', script_file: 'the file, as given', count: 'as given', units: 'as given' },
  examples: `
- name: The node comes back by itself in ten minutes
  at:
    command: systemctl reboot
    count: 10
    units: minutes
    unique: true
`,
  check: 'skip',
  run: (info) => stepping(() => schedule(info, info.args)),
});
