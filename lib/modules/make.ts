import { quoteAll } from '../node/quote.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { mustStep, StepError, step, stepping } from './steps.js';

const args = {
  chdir: { type: 'path', required: true, doc: 'The folder to run it in.' },
  file: { type: 'path', doc: 'The makefile, where it is not the usual one.' },
  jobs: { type: 'int', doc: 'How many commands may run at once.' },
  make: { type: 'path', doc: 'The program, where it is not make.' },
  params: { type: 'dict', doc: 'Variables for the makefile.' },
  target: { type: 'str', doc: 'What to make; default: the first target of the makefile.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function words(a: Args, program: string): string[] {
  return [
    program,
    ...(a.jobs === undefined ? [] : ['-j', String(a.jobs)]),
    ...(a.file === undefined ? [] : ['-f', a.file]),
    ...(a.target === undefined ? [] : [a.target]),
    ...Object.entries(a.params ?? {}).map(([name, value]) => `${name}=${value ?? ''}`),
  ];
}

async function programOf(info: RunInfo, a: Args): Promise<string> {
  if (a.make !== undefined) return a.make;
  const found = await step(info, ['sh', '-c', 'command -v gmake || command -v make']);
  if (found.rc === 0) return found.out.trim();
  throw new StepError('Failed to find required executable "make" on the node; Debian\'s package make has it');
}

async function run(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const call = words(a, await programOf(info, a));
  const at = { cwd: a.chdir };
  const asked = await step(info, [...call, '-q'], at);
  const changed = asked.rc !== 0;
  const done = changed && !info.check ? await mustStep(info, call, at) : asked;
  const { target = null, params = null, chdir, file = null, jobs = null } = a;
  return {
    ...{ changed, stdout: done.out.trimEnd(), stderr: done.err.trimEnd(), command: quoteAll(call) },
    ...{ target, params, chdir, file, jobs },
  };
}

/** Has make bring a target up to date. */
export const make = defineModule({
  name: 'make',
  collection: 'community.general',
  summary: 'Has make bring a target up to date.',
  args,
  returns: {
    ...{ chdir: 'as given', file: 'as given', jobs: 'as given', params: 'as given', target: 'as given' },
    command: 'the command',
    ...{ stdout: 'what it printed', stderr: 'what it complained about' },
  },
  examples: `
- name: The driver is installed
  make:
    chdir: /usr/src/driver
    target: install
    params:
      PREFIX: /usr/local
`,
  check: 'handled',
  run: (info) => stepping(() => run(info)),
});
