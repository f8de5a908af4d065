import { StepError } from '../steps.js';
import { must, type Repository } from './repository.js';

async function has(repo: Repository, remote: string, flag: '-h' | '-t', ref: string): Promise<boolean> {
  const cwd = remote === repo.url ? '/' : undefined;
  return (await must(repo, ['ls-remote', remote, flag, ref], undefined, cwd)).includes(ref);
}

/** Whether the remote (its name, or the URL) has a branch of that name. */
export function isRemoteBranch(repo: Repository, remote: string, version: string): Promise<boolean> {
  return has(repo, remote, '-h', `refs/heads/${version}`);
}

/** Whether the remote has a tag of that name. */
export function isRemoteTag(repo: Repository, remote: string, version: string): Promise<boolean> {
  return has(repo, remote, '-t', `refs/tags/${version}`);
}

/** The branch that is checked out; with a detached HEAD the one that the remote's HEAD names. */
export async function headBranch(repo: Repository): Promise<string> {
  const own = await repo.git(['symbolic-ref', '-q', '--short', 'HEAD']);
  if (own.rc === 0) return own.out.trim();
  const { remote } = repo.wish;
  const theirs = await repo.git(['symbolic-ref', '-q', '--short', `refs/remotes/${remote}/HEAD`]);
  if (theirs.rc === 0) return theirs.out.trim().slice(remote.length + 1);
  throw new StepError(`Unable to find the branch that HEAD of remote ${remote} names`);
}

/** The commit that the remote has for the wished version; a version that is neither branch nor tag stands for itself. */
export async function remoteHead(repo: Repository, cloned: boolean): Promise<string> {
  const { version } = repo.wish;
  const remote = cloned ? repo.wish.remote : repo.url;
  const cwd = cloned ? undefined : '/';
  const ask = async (...words: string[]) => must(repo, ['ls-remote', remote, ...words], undefined, cwd);
  const first = (out: string): string => {
    if (out === '') throw new StepError(`Could not determine remote revision for ${version}`);
    return out.split(/\s/, 1)[0]!;
  };
  if (version === 'HEAD')
    return first(await (cloned ? ask('-h', `refs/heads/${await headBranch(repo)}`) : ask('HEAD')));
  if (await isRemoteBranch(repo, remote, version)) return first(await ask('-h', `refs/heads/${version}`));
  if (!(await isRemoteTag(repo, remote, version))) return version;
  const lines = (await ask('-t', `refs/tags/${version}*`)).split('\n');
  // An annotated tag stands for the commit that it names.
  const named = lines.find((l) => l.endsWith(`refs/tags/${version}^{}`));
  return first(named ?? lines.find((l) => l.endsWith(`refs/tags/${version}`)) ?? '');
}

/** Whether the remote's URL is another than the wished one. */
export async function otherUrl(repo: Repository): Promise<boolean> {
  const now = (await repo.git(['ls-remote', '--get-url', repo.wish.remote])).out.trim();
  const plain = (url: string) => url.replace(/^file:\/\//, '').replace(/\/+$/, '');
  return now !== '' && plain(now) !== plain(repo.url);
}

/** Whether the wished version is checked out and the remote has nothing newer: then nothing needs to be fetched. */
export async function isCurrent(repo: Repository, commit: string): Promise<boolean> {
  const { bare, refspec, version, remote } = repo.wish;
  if (bare || refspec) return false;
  const branch = (await repo.git(['symbolic-ref', '-q', '--short', 'HEAD'])).out.trim();
  if (version === 'HEAD' && branch === '') return false;
  if ((await remoteHead(repo, true)) !== commit) return false;
  return version === 'HEAD' || branch === version || !(await isRemoteBranch(repo, remote, version));
}
