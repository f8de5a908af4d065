import { dirname } from 'node:path/posix';
import { quote } from '../../node/quote.js';
import type { RunInfo } from '../module.js';
import { mustStep, StepError } from '../steps.js';
import type { ArchiveArgs } from './archive-args.js';

/** What goes into the archive: paths that are there and that are not, and the folder that all of them share, with a slash. */
export type Sources = {
  readonly expanded: readonly string[];
  readonly excluded: readonly string[];
  readonly paths: readonly string[];
  readonly found: readonly string[];
  readonly folders: readonly string[];
  readonly missing: readonly string[];
  readonly root: string;
  /** One file alone is only compressed. */
  readonly several: boolean;
  readonly dest: string;
};

const isPattern = (path: string) => /[*?]/.test(path);

/** A path as sh expands it: signs of patterns stand for names, everything else for itself. */
function expanding(path: string): string {
  if (!isPattern(path)) return quote(path);
  return path.replace(/\[[^\]]*\]|[*?]|[^*?[]+|\[/g, (part) =>
    /^(?:[*?]|\[.+\])$/.test(part) ? part.replace(/[ '"$`\\;&|<>()]/g, '\\$&') : quote(part),
  );
}

// Prints of each path: what it is (d, f, or - for nothing), and the path. A pattern that fits nothing gives nothing.
const LOOK = `look() { for p; do
if [ -d "$p" ]; then k=d; elif [ -e "$p" ] || [ -L "$p" ]; then k=f; else k=-; fi
printf '%s\\0%s\\0' $k "$p"; done; }`;

function listing(paths: readonly string[]): string {
  return paths
    .map((path) =>
      isPattern(path)
        ? `set -- ${expanding(path)}; [ -e "$1" ] || [ -L "$1" ] && look "$@"`
        : `look ${quote(path)}`,
    )
    .join('\n');
}

type Seen = { readonly kind: string; readonly path: string };

async function look(info: RunInfo, paths: readonly string[]): Promise<Seen[]> {
  if (paths.length === 0) return [];
  const { out } = await mustStep(info, ['sh', '-c', `${LOOK}\n${listing(paths)}\ntrue`]);
  const fields = out.split('\0').slice(0, -1);
  return fields.flatMap((kind, i) => (i % 2 === 0 ? [{ kind, path: fields[i + 1]! }] : []));
}

/** The longest folder that all of the paths are in, with a slash at its end. */
export function sharedFolder(paths: readonly string[]): string {
  const folders = paths.map((p) => `${dirname(p).replace(/\/$/, '')}/`);
  const [first = '/'] = folders;
  const differs = [...first].findIndex((letter, i) => folders.some((f) => f[i] !== letter));
  const prefix = differs < 0 ? first : first.slice(0, differs);
  return prefix.slice(0, prefix.lastIndexOf('/') + 1);
}

/** Looks at what is there; a StepError where no archive can be made of it. */
export async function sourcesOf(info: RunInfo, a: ArchiveArgs): Promise<Sources> {
  const seen = await look(info, a.path.map(String));
  const excluded = (await look(info, a.exclude_path.map(String))).map(({ path }) => path);
  const expanded = seen.map(({ path }) => path);
  const paths = [...new Set(expanded.filter((p) => !excluded.includes(p)))].sort();
  const lists = { expanded_paths: expanded.join(', '), expanded_exclude_paths: excluded.join(', ') };
  if (paths.length === 0)
    throw new StepError('Error, no source paths were found', { path: a.path.join(', '), ...lists });
  const kindOf = new Map(seen.map(({ kind, path }) => [path, kind]));
  const several =
    a.force_archive ||
    a.path.some((p) => isPattern(String(p))) ||
    kindOf.get(paths[0]!) === 'd' ||
    paths.length > 1;
  if (several && !a.dest)
    throw new StepError('Error, must specify "dest" when archiving multiple files or trees', {
      path: a.path.join(', '),
    });
  const dest = a.dest || `${paths[0]}.${a.format}`;
  const folders = paths.filter((p) => kindOf.get(p) === 'd');
  const within = folders.some((folder) => dest.startsWith(`${folder.replace(/\/$/, '')}/`));
  if (a.remove && within)
    throw new StepError('Error, created archive can not be contained in source paths when remove=true', {
      path: paths.join(', '),
    });
  return {
    ...{ expanded, excluded, paths, folders, several, dest },
    found: paths.filter((p) => kindOf.get(p) !== '-'),
    missing: paths.filter((p) => kindOf.get(p) === '-'),
    root: sharedFolder(paths),
  };
}
