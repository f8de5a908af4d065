import { join } from 'node:path/posix';
import { splitWords } from '../command/words.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import {
  hasEnvironment,
  makeEnvironment,
  type Place,
  pipFailure,
  pipWords,
  runThere,
} from './environment.js';
import { isVcsUrl, packagesOf } from './packages.js';
import type { PipArgs } from './pip-args.js';

const VERBS: Readonly<Record<PipArgs['state'], readonly string[]>> = {
  present: ['install'],
  absent: ['uninstall', '-y'],
  latest: ['install', '-U'],
  forcereinstall: ['install', '-U', '--force-reinstall'],
};

// Run by the python that pip is for: says of each requirement whether what is installed meets it.
const MET = `import sys
from importlib.metadata import PackageNotFoundError, version
try:
    from packaging.requirements import Requirement
except ImportError:
    from pip._vendor.packaging.requirements import Requirement
for text in sys.argv[1:]:
    wanted = Requirement(text)
    try:
        print(int(wanted.specifier.contains(version(wanted.name), prereleases=True)))
    except PackageNotFoundError:
        print(0)
`;

/** Options of the task, `-e` among them where it is wished. */
function extraWords(a: PipArgs): string[] {
  const words = splitWords(a.extra_args ?? '');
  return a.editable && !words.includes('-e') ? [...words, '-e'] : words;
}

async function installed(info: RunInfo, place: Place, pip: readonly string[]): Promise<string> {
  const cmd = [...pip, 'list', '--format=freeze'];
  const done = await runThere(info, place, cmd);
  if (done.rc !== 0) throw pipFailure(cmd, done.out, done.err);
  return done.out;
}

/** What check mode foresees: only of names alone is it known whether they are there. */
async function foreseen(
  info: RunInfo,
  a: PipArgs,
  place: Place,
  pip: readonly string[],
  names: readonly string[],
): Promise<ModuleResult> {
  const open =
    a.extra_args || a.editable || a.requirements || a.state === 'latest' || a.state === 'forcereinstall';
  if (open || names.some((name) => /[/:]/.test(name))) return { changed: true };
  const python = pip.length > 1 ? pip[0]! : place.venv ? join(place.venv, 'bin/python') : 'python3';
  const cmd = [...pip, 'list', '--format=freeze'];
  const stdout = await installed(info, place, pip);
  const met = await runThere(info, place, [python, '-c', MET, ...names]);
  if (met.rc !== 0) throw pipFailure(cmd, met.out, met.err);
  const wanted = a.state === 'absent' ? '1' : '0';
  return { changed: met.out.split('\n').includes(wanted), cmd: cmd.join(' '), stdout, stderr: '' };
}

function placeOf(a: PipArgs): Place {
  if (a.umask !== undefined && !/^(?:0o)?[0-7]+$/.test(a.umask))
    throw new StepError(`umask must be an octal integer, not '${a.umask}'`);
  const venv = a.virtualenv && a.chdir ? join(a.chdir, a.virtualenv) : a.virtualenv;
  const absolute = a.virtualenv?.startsWith('/') ? a.virtualenv : venv;
  return { cwd: a.chdir ?? '/tmp', umask: a.umask?.replace('0o', ''), venv: absolute };
}

async function perform(
  info: RunInfo,
  place: Place,
  cmd: readonly string[],
  a: PipArgs,
  before: string | undefined,
  pip: readonly string[],
): Promise<{ changed: boolean; out: string; err: string }> {
  const done = await runThere(info, place, cmd);
  const { out, err } = done;
  const absent = a.state === 'absent' && done.rc === 1 && /not installed/.test(out + err);
  if (done.rc !== 0 && !absent) throw pipFailure(cmd, out, err);
  if (a.state === 'absent') return { changed: out.includes('Successfully uninstalled'), out, err };
  if (before === undefined) return { changed: out.includes('Successfully installed'), out, err };
  return { changed: (await installed(info, place, pip)) !== before, out, err };
}

/** Makes the environment where it is missing, and has pip do the rest; a StepError ends it. */
export async function pipInstall(info: RunInfo, a: PipArgs): Promise<ModuleResult> {
  if (a.state === 'latest' && a.version !== undefined)
    throw new StepError('version is incompatible with state=latest');
  const place = placeOf(a);
  const names = packagesOf(a);
  const { venv } = place;
  const fresh = venv !== undefined && !(await hasEnvironment(info, venv));
  if (fresh && info.check) return { changed: true };
  const made = fresh ? await makeEnvironment(info, a, place, venv) : { out: '', err: '' };
  const pip = await pipWords(info, a, venv);
  const what = a.requirements === undefined ? names : ['-r', a.requirements];
  const cmd = [...pip, ...VERBS[a.state], ...extraWords(a), ...what];
  if (info.check) return foreseen(info, a, place, pip, names);
  const compared = a.requirements !== undefined || names.some(isVcsUrl);
  const before = compared ? await installed(info, place, pip) : undefined;
  const done = await perform(info, place, cmd, a, before, pip);
  return {
    changed: done.changed || fresh,
    cmd,
    name: a.name?.map(String) ?? null,
    version: a.version ?? null,
    state: a.state,
    requirements: a.requirements ?? null,
    virtualenv: venv ?? null,
    stdout: made.out + done.out,
    stderr: made.err + done.err,
  };
}
