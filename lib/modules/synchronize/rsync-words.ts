import { resolve } from 'node:path/posix';
import { StepError } from '../steps.js';
import type { SyncArgs } from './sync-args.js';

/** Stands before each line that tells of something that differs. */
export const MARK = '<<CHANGED>>';

type Flag = keyof { [K in keyof SyncArgs as SyncArgs[K] extends boolean | undefined ? K : never]: true };

const SWITCHES: readonly (readonly [Flag, string])[] = [
  ['delay_updates', '--delay-updates'],
  ['compress', '--compress'],
  ['delete', '--delete-after'],
  ['existing_only', '--existing'],
  ['checksum', '--checksum'],
  ['copy_links', '--copy-links'],
  ['archive', '--archive'],
  ['dirs', '--dirs'],
  ['partial', '--partial'],
];

/** Parts of `--archive` that can be had, or left out, one by one. */
const PARTS: readonly Flag[] = ['recursive', 'links', 'perms', 'times', 'owner', 'group'];

function partsOf(a: SyncArgs): string[] {
  return PARTS.flatMap((part) => {
    if (a.archive) return a[part] === false ? [`--no-${part}`] : [];
    return a[part] ? [`--${part}`] : [];
  });
}

/** Folders to link to; one below src would be copied into itself, and dest must not be within one. */
function linkDests(a: SyncArgs, src: string, dest: string): string[] {
  return (a.link_dest ?? []).map((folder) => {
    const path = resolve('/', folder);
    const from = resolve('/', src);
    if (path === from || path.startsWith(`${from}/`))
      throw new StepError(
        `Hardlinking into a subdirectory of the source would cause recursion. ${path} and ${from}`,
      );
    const within = resolve('/', dest.replace(/[^/]*$/, ''));
    if (within === path || within.startsWith(`${path}/`))
      throw new StepError(
        `Hardlinking into a subdirectory of the source would cause recursion. ${within} and ${dest}`,
      );
    return `--link-dest=${folder}`;
  });
}

/** How rsync is called; what it calls itself then writes as programs do that know nothing of sockets. `rsh` is the command that reaches the host, when one has to be reached. */
export function rsyncWords(
  a: SyncArgs,
  how: {
    readonly program: string;
    readonly check: boolean;
    readonly src: string;
    readonly dest: string;
    readonly rsh?: string;
  },
): string[] {
  return [
    how.program,
    ...SWITCHES.flatMap(([name, flag]) => (a[name] ? [flag] : [])),
    '-F',
    ...partsOf(a),
    ...(how.check ? ['--dry-run'] : []),
    ...(a.rsync_timeout > 0 ? [`--timeout=${a.rsync_timeout}`] : []),
    ...(how.rsh === undefined ? [] : ['--blocking-io', `--rsh=${how.rsh}`]),
    ...(a.rsync_path === undefined ? [] : [`--rsync-path=${a.rsync_path}`]),
    ...(a.rsync_opts ?? []).map(String).filter((option) => option !== ''),
    // Without so many words rsync does not tell of what it only links.
    ...(a.link_dest ? ['-H', '-vv', ...linkDests(a, how.src, how.dest)] : []),
    `--out-format=${MARK}%i %n%L`,
    how.src,
    how.dest,
  ];
}

/** Whether rsync changed anything, or would. With folders to link to, lines with a point tell of what was there already. */
export function tellsChange(out: string, a: SyncArgs): boolean {
  if (!a.link_dest) return out.includes(MARK);
  return out
    .split(MARK)
    .slice(1)
    .some((line) => !line.startsWith('.'));
}
