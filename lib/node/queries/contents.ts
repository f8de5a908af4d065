import { decodeBytes } from '../bytes.js';
import { quoteAll } from '../quote.js';
import type { Marks, SectionOutput } from '../sections.js';
import { type Algorithm, type DetailsByPath, detailsOf } from './details.js';

/** Keeps the readable regular files of "$@" (put `command` after it), and prints which they are: a `y` or `n` each. */
function keepFiles(follow: boolean, keep: string): string {
  const regular = follow ? '[ -f "$p" ]' : '[ ! -h "$p" ] && [ -f "$p" ]';
  return `l=$# c=; for p do if ${regular} && [ -r "$p" ]; then c=\${c}y; set -- "$@" "$p"${keep}; else c=\${c}n; fi; done
shift $l; printf '%s;' "$c"`;
}

// The mark itself must not be cut off by a small limit.
const MARK_ROOM = 64;

/**
 * Sh source that prints the contents of files, of each at most one byte more than `limit`. A file of the process
 * itself, its environment, stands after each of them and holds nothing but the inner mark: so one `head` suffices,
 * and a file that grows meanwhile does no harm.
 */
export function contentSection(paths: readonly string[], follow: boolean, limit: number): string {
  return `set -- ${quoteAll(paths)}
${keepFiles(follow, ' /proc/self/environ')}
[ $# = 0 ] || env -i K="$K" head -qc ${Math.max(limit + 1, MARK_ROOM)} -- "$@"`;
}

/** Reads what `contentSection` printed; contents above the limit are left out. */
export function readContents(
  paths: readonly string[],
  limit: number,
  output: SectionOutput,
  marks: Marks,
  all: DetailsByPath,
): void {
  const mark = Buffer.from(`K=${marks.inner}\0`, 'latin1');
  let at = output.stdout.indexOf(0x3b) + 1;
  present(paths, output).forEach((path) => {
    const end = output.stdout.indexOf(mark, at);
    if (end < 0) return;
    if (end - at <= limit) detailsOf(all, path).content = output.stdout.subarray(at, end);
    at = end + mark.length;
  });
}

function present(paths: readonly string[], output: SectionOutput): string[] {
  const kept = output.stdout.toString('latin1', 0, output.stdout.indexOf(0x3b));
  return paths.filter((_, i) => kept[i] === 'y');
}

/** Sh source that prints the hashes of files. */
export function hashSection(paths: readonly string[], follow: boolean, algorithm: Algorithm): string {
  return `set -- ${quoteAll(paths)}
${keepFiles(follow, '')}
[ $# = 0 ] || ${algorithm}sum -z -- "$@"`;
}

/** Reads what `hashSection` printed. */
export function readHashes(algorithm: Algorithm, output: SectionOutput, all: DetailsByPath): void {
  const lines = decodeBytes(output.stdout.subarray(output.stdout.indexOf(0x3b) + 1)).split('\0');
  for (const line of lines) {
    const space = line.indexOf(' ');
    if (space > 0) detailsOf(all, line.slice(space + 2)).hashes.set(algorithm, line.slice(0, space));
  }
}
