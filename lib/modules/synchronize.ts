import { quote } from '../node/quote.js';
import { defineModule, type ModuleResult, type Party, type RunInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { type Step, StepError, step, stepping } from './steps.js';
import { rsyncBetween } from './synchronize/relay.js';
import { MARK, rsyncWords, tellsChange } from './synchronize/rsync-words.js';
import { nearPath, type Sides, sidesOf } from './synchronize/sides.js';
import { type SyncArgs, syncArgs } from './synchronize/sync-args.js';

const NOT_FOUND = 127;

/** A path of the host at the other end, as rsync reads it; what is behind the colon is its shell's. */
function farPath(far: Party | undefined, path: string): string {
  if (far === undefined || path.startsWith('rsync://')) return path;
  return `${far.host.replace(/[^\w.-]/g, '_')}:${path}`;
}

async function pathsOf(
  info: RunInfo,
  a: SyncArgs,
  { near, far }: Sides,
): Promise<{ src: string; dest: string }> {
  const here = (path: string) => nearPath(info, near, path);
  if (far === undefined) return { src: await here(a.src), dest: await here(a.dest) };
  if (a.mode === 'push') return { src: await here(a.src), dest: farPath(far, a.dest) };
  return { src: farPath(far, a.src), dest: await here(a.dest) };
}

function lacking({ near, far }: Sides, done: Step): string {
  const where = far === undefined || /: (not found|command not found)|No such file/.test(done.err);
  const host = far !== undefined && where ? far.host : near.host;
  return `Failed to find required executable "rsync" on ${host}; Debian's package rsync has it`;
}

function resultOf(info: RunInfo, a: SyncArgs, sides: Sides, cmd: string, done: Step): ModuleResult {
  if (done.rc === NOT_FOUND) {
    if (mayComeLater(info)) return { changed: true, cmd, msg: 'an earlier task may install rsync' };
    throw new StepError(lacking(sides, done), { cmd, rc: done.rc });
  }
  if (done.rc !== 0 && tellsChange(done.out, a)) info.did('copied a part of the files');
  if (done.rc !== 0) throw new StepError(done.err.trim() || done.out.trim(), { cmd, rc: done.rc });
  const said = done.out.replaceAll(MARK, '');
  return {
    changed: tellsChange(done.out, a),
    msg: said,
    rc: done.rc,
    cmd,
    stdout_lines: said.split('\n').filter(Boolean),
    ...(info.diff && { diff: { prepared: said } }),
  };
}

async function synchronizeFiles(info: RunInfo, a: SyncArgs): Promise<ModuleResult> {
  const sides = await sidesOf(info, a);
  const { near, far } = sides;
  const paths = await pathsOf(info, a, sides);
  const program = String(info.variable('ansible_rsync_path') ?? 'rsync');
  const words = (rsh?: string) => rsyncWords(a, { program, check: info.check, ...paths, rsh });
  const { environment, signal } = info;
  const remote = far !== undefined && !`${paths.src}\n${paths.dest}`.includes('rsync://');
  const done = remote
    ? await rsyncBetween(info, near, far, words)
    : await step({ ...near, environment, signal }, words());
  return resultOf(info, a, sides, words().map(quote).join(' '), done);
}

/** Copies trees of files with rsync. */
export const synchronize = defineModule({
  name: 'synchronize',
  collection: 'ansible.posix',
  summary: 'Copies trees of files between controller and node with rsync.',
  args: syncArgs,
  returns: {
    cmd: 'the call of rsync',
    msg: 'what differed: a line for each file, in the form of --itemize-changes',
    stdout_lines: 'the same as a list',
    rc: 'how rsync ended',
  },
  examples: `
- name: The release is on the node, and nothing else
  synchronize:
    src: release/
    dest: /opt/ffe/
    delete: true

- name: Reports come back
  synchronize:
    mode: pull
    src: /var/lib/ffe/reports/
    dest: reports/{{ inventory_hostname }}/
`,
  check: 'handled',
  run: (info) => stepping(() => synchronizeFiles(info, info.args)),
});
