import { dirname } from 'node:path/posix';
import type { Action } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import type { PathAnswer } from '../../node/queries/query.js';
import type { Json } from '../../values/json.js';
import { NEW_FILE, wishedMode } from '../file-attributes.js';
import { change, type Diff, failed, ok, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';
import { type Refresh, refreshLists } from './refresh.js';
import { fileName, parseSource, parseSources, renderSources, type SourceLine } from './source-line.js';

/** What is wanted of a repository. */
export type RepositoryWish = Refresh & {
  readonly repo: string;
  readonly state: 'absent' | 'present';
  readonly mode?: Json;
  readonly update_cache: boolean;
  readonly filename?: string;
};

const PARTS = '/etc/apt/sources.list.d';

type Files = ReadonlyMap<string, readonly SourceLine[]>;

/** The lines with the source on wherever it stands; in a file of its own where it stands nowhere. */
function added(files: Files, source: string, wish: RepositoryWish): Files {
  const stands = (l: SourceLine) => l.valid && l.source === source;
  const out = new Map(
    [...files].map(([p, lines]) => [p, lines.map((l) => (stands(l) ? { ...l, enabled: true } : l))]),
  );
  if ([...files.values()].some((lines) => lines.some(stands))) return out;
  const name = fileName(source, wish.filename);
  const path = name.includes('/') ? name : `${PARTS}/${name}`;
  return out.set(path, [...(files.get(path) ?? []), { valid: true, enabled: true, source, comment: '' }]);
}

function removed(files: Files, source: string): Files {
  const goes = (l: SourceLine) => l.valid && l.enabled && l.source === source;
  return new Map([...files].map(([p, lines]) => [p, lines.filter((l) => !goes(l))]));
}

type Edit = {
  readonly path: string;
  readonly file: PathAnswer | undefined;
  readonly before: string;
  readonly after: string;
};

function editAction({ path, file, after }: Edit, wish: RepositoryWish): Action {
  if (after === '') return { kind: 'remove', path, recurse: false };
  const mode = file?.exists ? undefined : (wishedMode(wish.mode, NEW_FILE) ?? 0o644);
  return { kind: 'write', path, content: text(after), expect: probed(file), attributes: { mode } };
}

function diffOf({ path, file, before, after }: Edit): Diff {
  const beforeHeader = file?.exists ? path : '/dev/null';
  return { before, after, beforeHeader, afterHeader: after === '' ? '/dev/null' : path };
}

/** Decides which lists change. `files` are sources.list and those of sources.list.d that end with .list. */
export function planRepository(wish: RepositoryWish, files: readonly PathAnswer[]): Plan {
  const { repo, state } = wish;
  if (repo === '') return failed("Please set argument 'repo' to a non-empty value");
  if (repo.startsWith('ppa:'))
    return failed(
      `'${repo}' is a name of Launchpad, which needs its service to be asked; give the whole line: deb URL SUITE COMPONENTS`,
    );
  const wanted = parseSource(repo);
  if (!wanted.valid || !wanted.enabled) return failed(`Invalid repository string: ${repo}`);
  const texts = new Map(files.filter((f) => f.exists).map((f) => [f.path, textOf(f) ?? '']));
  const before: Files = new Map([...texts].map(([p, t]) => [p, parseSources(t)]));
  const after = state === 'present' ? added(before, wanted.source, wish) : removed(before, wanted.source);
  const edits = [...after].flatMap(([path, lines]): Edit[] => {
    const fresh = renderSources(lines);
    if (fresh === renderSources(before.get(path) ?? [])) return [];
    return [{ path, file: files.find((f) => f.path === path), before: texts.get(path) ?? '', after: fresh }];
  });
  const result = { repo, state };
  if (edits.length === 0)
    return ok(state === 'present' ? 'repository is listed' : 'repository is not listed', result);
  const folders: Action[] = edits
    .filter((e) => !e.file?.exists && dirname(e.path) !== PARTS)
    .map((e) => ({ kind: 'mkdir', path: dirname(e.path), parents: true }));
  const writes = edits.map((e) => editAction(e, wish));
  const refresh = wish.update_cache ? [refreshLists(wish, edits)] : [];
  return change('lists of repositories change', [...folders, ...writes, ...refresh], {
    result,
    diff: edits.map(diffOf),
    explain: (i, o) => {
      const words = o.stderr.toString('utf8').trim();
      return i < folders.length + writes.length
        ? words
        : `Failed to update apt cache: ${words || 'unknown reason'}`;
    },
  });
}
