import type { JsonObject } from '../../values/json.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import { makeArchive } from './archive.js';
import { checkout, verify } from './checkout.js';
import { clone, fetch } from './fetch.js';
import { isCurrent, otherUrl, remoteHead } from './remote.js';
import {
  commitOf,
  type GitWish,
  gitFolder,
  isRepository,
  must,
  type Repository,
  relocate,
  repositoryOf,
} from './repository.js';
import { updateSubmodules } from './submodules.js';

async function diffOf(repo: Repository, before: string | null, after: string): Promise<JsonObject> {
  if (!repo.info.diff || before === after) return {};
  if (before === null) return { diff: { prepared: `>> Newly checked out ${after}` } };
  const { rc, out, err } = await repo.git(['diff', before, after]);
  const none = `>> No visual differences between ${before} and ${after}`;
  const lost = `>> Failed to get proper diff between ${before} and ${after}:\n>> ${err}`;
  return { diff: { prepared: rc === 0 ? out || none : lost } };
}

/** What comes after a clone or a fetch: files, submodules, archive, and what the result tells. */
async function finish(
  repo: Repository,
  before: string | null,
  changed: boolean,
  rest: JsonObject,
  current = false,
): Promise<ModuleResult> {
  if (current && repo.wish.verify_commit) await verify(repo);
  if (!repo.wish.bare && !current) {
    await checkout(repo);
    repo.info.did(`checked ${repo.wish.version} out`);
  }
  const submodules = repo.wish.recursive && !repo.wish.bare && (await updateSubmodules(repo));
  const after = await commitOf(repo);
  const archived = repo.wish.archive !== undefined && (await makeArchive(repo));
  const diff = await diffOf(repo, before, after);
  const told = submodules ? { submodules_changed: true } : {};
  return {
    ...rest,
    before,
    after,
    ...diff,
    ...told,
    changed: changed || before !== after || submodules || archived,
  };
}

/** A repository that is there: the wished version is fetched and checked out; check mode only asks the remote. */
async function update(repo: Repository, relocated: JsonObject): Promise<ModuleResult> {
  const { info, wish, dest } = repo;
  const before = await commitOf(repo);
  const status = wish.bare ? '' : (await repo.git(['--no-optional-locks', 'status', '--porcelain'])).out;
  const modified = status.split('\n').some((l) => l !== '' && !l.startsWith('??'));
  const words = `Local modifications exist in the destination: ${dest}`;
  if (modified && !wish.force) throw new StepError(`${words} (force=no).`, { before });
  const remote_url_changed = await otherUrl(repo);
  const moved = relocated.changed === true;
  if (info.check) {
    const after = await remoteHead(repo, !remote_url_changed);
    return {
      ...relocated,
      before,
      after,
      remote_url_changed,
      changed: moved || modified || before !== after || remote_url_changed,
    };
  }
  if (modified) {
    await must(repo, ['reset', '--hard', 'HEAD']);
    info.did(`discarded local modifications of ${dest}`);
  }
  if (remote_url_changed) {
    await must(repo, ['remote', 'set-url', wish.remote, repo.url]);
    info.did(`set the URL of ${wish.remote}`);
  }
  const current = !modified && !remote_url_changed && (await isCurrent(repo, before));
  if (!current) await fetch(repo);
  const rest = { ...relocated, remote_url_changed, ...(modified && { msg: words }) };
  return finish(repo, before, moved || modified || remote_url_changed, rest, current);
}

async function relocation(repo: Repository, folder: string): Promise<JsonObject> {
  const to = repo.wish.separate_git_dir;
  if (!to || to === folder) return {};
  if (!repo.info.check) await relocate(repo, folder, to);
  repo.info.did(`moved the repository to ${to}`);
  return { changed: true, git_dir_before: folder, git_dir_now: to };
}

/** Brings the repository to the wished version; a StepError ends it. */
export async function ensureRepository(info: RunInfo, wish: GitWish): Promise<ModuleResult> {
  const repo = repositoryOf(info, wish);
  const folder = repo.dest === '' ? '' : await gitFolder(repo);
  if (!(await isRepository(repo, folder))) {
    if (info.check || !wish.clone) {
      const after = await remoteHead(repo, false);
      const diff = info.diff ? { diff: { prepared: `>> Newly checked out ${after}` } } : {};
      return { changed: true, before: null, after, ...diff };
    }
    const warnings = await clone(repo);
    return finish(repo, null, true, warnings.length ? { warnings } : {});
  }
  if (!wish.update) {
    const before = await commitOf(repo);
    if (wish.archive === undefined) return { changed: false, before, after: before };
    return { changed: info.check || (await makeArchive(repo)), before, after: before };
  }
  return update(repo, await relocation(repo, folder));
}
