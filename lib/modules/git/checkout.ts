import { StepError } from '../steps.js';
import { headBranch, isRemoteBranch } from './remote.js';
import { must, type Repository } from './repository.js';

async function isLocalBranch(repo: Repository, name: string): Promise<boolean> {
  return (await repo.git(['show-ref', '--verify', '-q', `refs/heads/${name}`])).rc === 0;
}

/** A branch follows the remote's; local commits of it are left behind. */
async function toBranch(repo: Repository, branch: string): Promise<void> {
  const { remote, depth } = repo.wish;
  if (depth && !(await isLocalBranch(repo, branch))) {
    const specs = [
      `+refs/heads/${branch}:refs/heads/${branch}`,
      `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`,
    ];
    await must(
      repo,
      ['fetch', `--depth=${depth}`, remote, ...specs],
      `Failed to fetch branch from remote: ${branch}`,
    );
  }
  const failure = `Failed to checkout branch ${branch}`;
  if (!(await isLocalBranch(repo, branch))) {
    await must(
      repo,
      ['checkout', '--track', '-b', branch, `${remote}/${branch}`],
      `Failed to checkout ${branch}`,
    );
    return;
  }
  await must(repo, ['checkout', '--force', branch], failure);
  await must(repo, ['reset', '--hard', `${remote}/${branch}`, '--'], failure);
}

function signer(status: string): string | undefined {
  const words = status
    .split('\n')
    .map((l) => l.split(/\s+/))
    .find((l) => l[1] === 'VALIDSIG');
  // With a subkey the primary key's fingerprint stands at the end.
  return words?.[words.length >= 12 ? 11 : 2];
}

/** Fails where the version is not signed, or not by one of the wished keys. */
export async function verify(repo: Repository): Promise<void> {
  const { version, gpg_whitelist } = repo.wish;
  const type = (await repo.git(['cat-file', '-t', `refs/tags/${version}`])).out.trim();
  const words = [type === 'tag' ? 'verify-tag' : 'verify-commit', version];
  const { rc, out, err } = await repo.git([...words, ...(gpg_whitelist.length ? ['--raw'] : [])]);
  const rest = { rc, stdout: out, stderr: err };
  if (rc !== 0) throw new StepError(`Failed to verify GPG signature of commit/tag "${version}"`, rest);
  const key = signer(err);
  if (gpg_whitelist.length && !gpg_whitelist.some((k) => String(k) === key))
    throw new StepError(`The gpg_whitelist does not include the public key "${key}" for this commit`, rest);
}

/** Checks the wished version out. */
export async function checkout(repo: Repository): Promise<void> {
  const { version, remote } = repo.wish;
  if (version === 'HEAD') await toBranch(repo, await headBranch(repo));
  else if (await isRemoteBranch(repo, remote, version)) await toBranch(repo, version);
  else await must(repo, ['checkout', '--force', version], `Failed to checkout ${version}`);
  if (repo.wish.verify_commit) await verify(repo);
}
