import { join } from 'node:path/posix';
import { path } from '../../node/queries/query.js';
import { splitWords } from '../command/words.js';
import type { RunInfo } from '../module.js';
import { StepError, step } from '../steps.js';
import type { PipArgs } from './pip-args.js';

/** Where pip runs, with what umask, and which environment it is for. */
export type Place = { readonly cwd: string; readonly umask?: string; readonly venv?: string };

type Ran = { readonly rc: number; readonly out: string; readonly err: string };

/** Runs a program there; an environment's own programs are found before others. */
export function runThere(info: RunInfo, place: Place, argv: readonly string[]): Promise<Ran> {
  const { cwd, umask } = place;
  if (place.venv === undefined) return step(info, argv, { cwd, umask });
  const script = 'PATH="$1:$PATH"; export PATH; shift; exec "$@"';
  return step(info, ['sh', '-c', script, 'sh', join(place.venv, 'bin'), ...argv], { cwd, umask });
}

/** The failure of a program, in Ansible's words. */
export function pipFailure(cmd: readonly string[], out: string, err: string): StepError {
  const msg = `${out ? `stdout: ${out}` : ''}${err ? `\n:stderr: ${err}` : ''}`;
  return new StepError(msg, { cmd: [...cmd] });
}

/** Whether the environment has been made. */
export async function hasEnvironment(info: RunInfo, venv: string): Promise<boolean> {
  const [found] = await info.node.ask([path(join(venv, 'bin/activate'), { follow: true })], info.become);
  return found?.kind === 'path' && found.exists;
}

const isVenv = (command: string) => command.includes('pyvenv') || command.includes('-m venv');

/** The call that makes the environment; a StepError when its python cannot be chosen. */
export function environmentCommand(a: PipArgs, venv: string): string[] {
  const given = splitWords(a.virtualenv_command);
  const site = a.virtualenv_site_packages ? ['--system-site-packages'] : [];
  if (!isVenv(a.virtualenv_command))
    return [...given, ...site, `-p${a.virtualenv_python ?? 'python3'}`, venv];
  if (a.virtualenv_python)
    throw new StepError(
      'virtualenv_python should not be used when using the venv module or pyvenv as virtualenv_command',
    );
  return [...given, ...site, venv];
}

/** Makes the environment. */
export async function makeEnvironment(info: RunInfo, a: PipArgs, place: Place, venv: string): Promise<Ran> {
  const cmd = environmentCommand(a, venv);
  const there = await step(info, ['sh', '-c', 'command -v -- "$1"', 'sh', cmd[0]!]);
  if (there.rc !== 0)
    throw new StepError(
      `Failed to find required executable "${cmd[0]}" on the node; Debian's packages are virtualenv, and python3-venv for virtualenv_command: python3 -m venv`,
    );
  const done = await step(info, cmd, { cwd: place.cwd, umask: place.umask });
  if (done.rc !== 0) throw pipFailure(cmd, done.out, done.err);
  info.did(`made the environment ${venv}`);
  return done;
}

const FIND = `if [ -n "$1" ]; then
  for p in "$1/bin/pip3" "$1/bin/pip"; do [ -x "$p" ] && { printf '%s\\n' "$p"; exit; }; done; exit 1
fi
if [ -n "$2" ]; then case $2 in /*) printf '%s\\n' "$2" ;; *) command -v -- "$2" ;; esac; exit; fi
p=$(command -v python3) && "$p" -c 'import pip' 2>/dev/null && { printf '%s\\n-m\\npip.__main__\\n' "$p"; exit; }
command -v pip3`;

/** The words that call pip: of the environment, the one that is named, or that of python3. */
export async function pipWords(info: RunInfo, a: PipArgs, venv: string | undefined): Promise<string[]> {
  const found = await step(info, ['sh', '-c', FIND, 'sh', venv ?? '', a.executable ?? '']);
  const words = found.out.split('\n').filter(Boolean);
  if (found.rc === 0 && words.length > 0) return words;
  throw new StepError(
    venv === undefined
      ? `Unable to find any of ${a.executable ?? 'pip3'} to use.  pip needs to be installed.`
      : `Unable to find pip in the virtualenv, ${venv}, under any of these names: pip3, pip. Make sure pip is present in the virtualenv.`,
  );
}
