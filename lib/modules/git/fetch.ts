import { dirname } from 'node:path/posix';
import { StepError, step } from '../steps.js';
import { headBranch, isRemoteBranch, isRemoteTag } from './remote.js';
import { must, type Repository } from './repository.js';

/** Clones; gives warnings. */
export async function clone(repo: Repository): Promise<string[]> {
  const { wish, url, dest } = repo;
  const { version, depth, refspec } = wish;
  await step(repo.info, ['mkdir', '-p', dirname(dest)]);
  const named = (await isRemoteBranch(repo, url, version)) || (await isRemoteTag(repo, url, version));
  const shallow = depth !== undefined && depth > 0;
  const warnings: string[] = [];
  const words = ['clone', ...(wish.bare ? ['--bare'] : ['--origin', wish.remote])];
  if (shallow && (version === 'HEAD' || refspec)) words.push('--depth', `${depth}`);
  else if (shallow && named) words.push('--depth', `${depth}`, '--branch', version);
  else if (shallow)
    warnings.push(
      'Ignoring depth argument. Shallow clones are only available for HEAD, branches, tags or in combination with refspec.',
    );
  if (wish.reference) words.push('--reference', wish.reference);
  if (wish.single_branch) words.push('--single-branch', ...(named ? ['--branch', version] : []));
  if (wish.separate_git_dir) words.push(`--separate-git-dir=${wish.separate_git_dir}`);
  await must(repo, [...words, url, dest], undefined, dirname(dest));
  repo.info.did(`cloned into ${dest}`);
  if (wish.bare && wish.remote !== 'origin') await must(repo, ['remote', 'add', wish.remote, url]);
  if (refspec) await must(repo, ['fetch', ...(shallow ? ['--depth', `${depth}`] : []), wish.remote, refspec]);
  return warnings;
}

/** What a shallow fetch needs; nothing where only a full one will do. */
async function shallowSpecs(repo: Repository): Promise<string[]> {
  const { version, remote, refspec } = repo.wish;
  if (refspec) return [refspec];
  const current = await headBranch(repo);
  if (version === 'HEAD') return [current];
  if (await isRemoteBranch(repo, repo.url, version)) {
    const local = current === version ? [] : [`+refs/heads/${version}:refs/heads/${version}`];
    return [...local, `+refs/heads/${version}:refs/remotes/${remote}/${version}`];
  }
  return (await isRemoteTag(repo, repo.url, version)) ? [`+refs/tags/${version}:refs/tags/${version}`] : [];
}

/** Fetches what the wished version needs. */
export async function fetch(repo: Repository): Promise<void> {
  const { depth, bare, refspec, force, remote } = repo.wish;
  const shallow = depth ? await shallowSpecs(repo) : [];
  const full = bare ? ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'] : [];
  const words = shallow.length ? ['--depth', `${depth}`] : bare ? [] : ['--tags'];
  const specs = shallow.length ? shallow : [...full, ...(refspec ? [refspec] : [])];
  const all = ['fetch', ...words, ...(force ? ['--force'] : []), remote, ...specs];
  const { rc, out, err } = await repo.git(all);
  if (rc !== 0)
    throw new StepError(`Failed to download remote objects and refs: ${out} ${err}`, {
      cmd: ['git', ...all],
    });
  repo.info.did(`fetched from ${remote}`);
}
