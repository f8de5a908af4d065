import { dirname, isAbsolute, join } from 'node:path/posix';
import { path } from '../../node/queries/query.js';
import type { ArgsOf } from '../args.js';
import type { RunInfo } from '../module.js';
import { textOf } from '../probed-file.js';
import { type Step, StepError, step } from '../steps.js';
import type { gitArgs } from './git-args.js';

export type GitWish = ArgsOf<typeof gitArgs>;

/** A repository to work on: where it is, and how git is called. `dest` is '' when only the remote is asked. */
export type Repository = {
  readonly info: RunInfo;
  readonly wish: GitWish;
  /** With the scheme that git wants for paths. */
  readonly url: string;
  readonly dest: string;
  /** Runs git in `dest`, or where told. */
  readonly git: (words: readonly string[], cwd?: string) => Promise<Step>;
};

function sshCommand(wish: GitWish): string {
  const opts = [wish.ssh_opts ?? ''];
  const told = /StrictHostKeyChecking=(no|accept-new)/.test(opts[0]!);
  if (wish.accept_hostkey && !told) opts.push('-o StrictHostKeyChecking=no');
  if (wish.accept_newhostkey && !told) opts.push('-o StrictHostKeyChecking=accept-new');
  if (wish.key_file !== undefined) opts.push(`-i '${wish.key_file}' -o IdentitiesOnly=yes`);
  // Nobody is there to answer a question.
  return ['ssh', '-o BatchMode=yes', ...opts.filter(Boolean)].join(' ');
}

/** The repository that a task names; a StepError when its arguments cannot be. */
export function repositoryOf(info: RunInfo, wish: GitWish): Repository {
  if (wish.umask !== undefined && typeof wish.umask !== 'string')
    throw new StepError('umask must be defined as a quoted octal integer');
  const umask = wish.umask ?? undefined;
  if (umask !== undefined && !/^(0o)?[0-7]+$/.test(umask))
    throw new StepError('umask must be an octal integer');
  if (!wish.dest && wish.clone)
    throw new StepError('the destination directory must be specified unless clone=no');
  const dest = (wish.dest ?? '').replace(/(.)\/+$/, '$1');
  const env = { GIT_SSH_COMMAND: sshCommand(wish), GIT_TERMINAL_PROMPT: '0' };
  const program = wish.executable ?? 'git';
  const git = async (words: readonly string[], cwd = dest || undefined) => {
    const done = await step(info, [program, ...words], { cwd, env, umask });
    if (done.rc === 127) throw new StepError('Failed to find required executable "git" on the node');
    return done;
  };
  const url = wish.repo.startsWith('/') ? `file://${wish.repo}` : wish.repo;
  return { info, wish, url, dest, git };
}

/** Runs git where failure ends the task, in these words or git's own. */
export async function must(
  repo: Repository,
  words: readonly string[],
  msg?: string,
  cwd?: string,
): Promise<string> {
  const { rc, out, err } = await repo.git(words, cwd);
  if (rc === 0) return out;
  const cmd = ['git', ...words].join(' ');
  throw new StepError(msg ?? err.trim(), { cmd, rc, stdout: out, stderr: err });
}

/** The commit that a name stands for. */
export async function commitOf(repo: Repository, ref = 'HEAD'): Promise<string> {
  return (await repo.git(['rev-parse', ref])).out.trim();
}

/** Where the repository's own files are: dest, dest/.git, or what the file .git names. */
export async function gitFolder(repo: Repository): Promise<string> {
  const usual = repo.wish.bare ? repo.dest : join(repo.dest, '.git');
  const [answer] = await repo.info.node.ask([path(usual, { content: true, follow: true })], repo.info.become);
  if (answer?.kind !== 'path' || !answer.exists || answer.type !== 'file') return usual;
  const named = /^gitdir: (.*)/.exec(textOf(answer) ?? '')?.[1]?.trim();
  if (named === undefined)
    throw new StepError(
      'Current repo does not have a valid reference to a separate Git dir or it refers to the invalid path',
    );
  return isAbsolute(named) ? named : join(repo.dest, named);
}

/** Whether there is a repository. */
export async function isRepository(repo: Repository, folder: string): Promise<boolean> {
  if (repo.dest === '') return false;
  const [answer] = await repo.info.node.ask(
    [path(join(folder, 'config'), { follow: true })],
    repo.info.become,
  );
  return answer?.kind === 'path' && answer.exists;
}

/** Moves the repository's own files to `separate_git_dir`. */
export async function relocate(repo: Repository, from: string, to: string): Promise<void> {
  const words = [
    'sh',
    '-c',
    'mkdir -p "$3" && mv "$1" "$2" && printf "gitdir: %s\\n" "$2" > "$4/.git"',
    'sh',
  ];
  const done = await step(repo.info, [...words, from, to, dirname(to), repo.dest]);
  if (done.rc !== 0) throw new StepError(`Unable to move git dir. ${done.err.trim()}`);
}
