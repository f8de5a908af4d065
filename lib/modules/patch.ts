import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { fileSource } from './source.js';
import { StepError, step, stepping } from './steps.js';

const args = {
  src: { type: 'path', required: true, aliases: ['patchfile'], doc: 'The patch.' },
  remote_src: { type: 'bool', default: false, doc: 'It is on the node.' },
  basedir: { type: 'path', doc: 'The folder that its file names are below.' },
  dest: { type: 'path', aliases: ['originalfile'], doc: 'The one file that it is for.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Applied, or taken back.' },
  strip: { type: 'int', default: 0, doc: 'How many folders its file names begin with that do not count.' },
  backup: { type: 'bool', default: false, doc: 'Keep copies of the files, with numbers.' },
  binary: { type: 'bool', default: false, doc: 'Leave line ends as they are.' },
  ignore_whitespace: { type: 'bool', default: false, doc: 'Spaces may differ.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The patch for patch's standard input; undefined when patch is to read it from the node. */
async function contentOf(info: RunInfo, a: Args): Promise<Uint8Array | undefined> {
  if (a.remote_src) return undefined;
  const found = await info.source(fileSource(a.src));
  if (found.kind !== 'file-source') throw new StepError(`src ${a.src} doesn't exist or not readable`);
  if (!found.found) throw new StepError(found.msg);
  return found.content.kind === 'bytes' ? found.content.data : readFile(found.content.path);
}

function words(a: Args, more: readonly string[], reverse: boolean): string[] {
  return [
    ...['patch', '--quiet', '--forward', ...more, `--strip=${a.strip}`],
    `--directory=${a.basedir ?? dirname(a.dest!)}`,
    ...(a.remote_src ? [`--input=${a.src}`] : []),
    ...(a.binary ? ['--binary'] : []),
    ...(a.ignore_whitespace ? ['--ignore-whitespace'] : []),
    ...(reverse ? ['--reverse'] : []),
    ...(a.dest === undefined ? [] : ['--', a.dest]),
  ];
}

// What must be there: the program, the patch when it is on the node, the file, the folder; the first that lacks is told.
const CHECK = `command -v patch >/dev/null || { echo 'Failed to find required executable "patch" on the node; Debian'"'"'s package patch has it'; exit 1; }
[ -z "$1" ] || [ -r "$1" ] || { echo "src $1 doesn't exist or not readable"; exit 1; }
[ -z "$2" ] || [ -w "$2" ] || { echo "dest $2 doesn't exist or not writable"; exit 1; }
[ -z "$3" ] || [ -e "$3" ] || { echo "basedir $3 doesn't exist"; exit 1; }`;

async function run(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  const stdin = await contentOf(info, a);
  const places = [a.remote_src ? a.src : '', a.dest ?? '', a.basedir ?? ''];
  const lacks = await step(info, ['sh', '-c', CHECK, 'sh', ...places]);
  if (lacks.rc !== 0) throw new StepError(lacks.out.trim() || lacks.err.trim());
  // What can be taken back is applied, and the other way round.
  const applied = await step(info, words(a, ['--dry-run'], a.state === 'present'), { stdin });
  if (applied.rc === 0) return { changed: false };
  const how = [
    ...['--batch', '--reject-file=-'],
    ...(info.check ? ['--dry-run'] : []),
    ...(a.backup ? ['--backup', '--version-control=numbered'] : []),
  ];
  const done = await step(info, words(a, how, a.state === 'absent'), { stdin });
  if (done.rc !== 0) throw new StepError(done.err.trim() || done.out.trim(), { rc: done.rc });
  return { changed: true };
}

/** Applies patches. */
export const patch = defineModule({
  name: 'patch',
  collection: 'ansible.posix',
  summary: 'Applies patches with GNU patch.',
  args,
  rules: { requiredOneOf: [['dest', 'basedir']] },
  returns: {},
  examples: `
- name: The fix that upstream has not released yet
  patch:
    src: app-1.2.patch
    basedir: /opt/app
    strip: 1
`,
  check: 'handled',
  run: (info) => stepping(() => run(info)),
});
