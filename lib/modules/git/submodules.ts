import { join } from 'node:path/posix';
import { path } from '../../node/queries/query.js';
import { must, type Repository } from './repository.js';

/** Brings submodules to what the commit, or with track_submodules their branches, want; tells whether any changed. */
export async function updateSubmodules(repo: Repository): Promise<boolean> {
  const { node, become } = repo.info;
  const [modules] = await node.ask([path(join(repo.dest, '.gitmodules'))], become);
  if (modules?.kind !== 'path' || !modules.exists) return false;
  const status = () =>
    must(repo, ['submodule', 'status', '--recursive'], 'Failed to retrieve submodule status');
  const before = await status();
  await must(repo, ['submodule', 'sync']);
  const { track_submodules, force } = repo.wish;
  const flags = [...(track_submodules ? ['--remote'] : []), ...(force ? ['--force'] : [])];
  await must(
    repo,
    ['submodule', 'update', '--init', '--recursive', ...flags],
    'Failed to init/update submodules',
  );
  return before !== (await status());
}
