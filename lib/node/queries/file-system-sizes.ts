import type { JsonObject } from '../../values/json.js';

/** What `stat -f --printf` prints of a file system for `readSizes`: its path, then six numbers of statvfs(3). */
export const SIZES_FORMAT = '%n\\0%s %S %b %a %c %d\\0';

/**
 * Sh source that waits for the processes in `$j` for so many seconds in all, and then gives them up: they may hang for
 * ever, even when they are killed, so nobody waits for their end. Standard error tells which: 1 for the first.
 * `seconds` undefined: as long as it takes.
 */
export function givenUpAfter(seconds: number | undefined): string {
  if (seconds === undefined) return 'for p in $j; do wait "$p"; done; :';
  return `i=0; n=0; for p in $j; do n=$((n+1))
while kill -0 "$p" 2>/dev/null && [ $i -lt ${Math.max(1, Math.ceil(seconds * 20))} ]; do sleep 0.05; i=$((i+1)); done
kill -9 "$p" 2>/dev/null && echo $n >&2; done; :`;
}

/** Spaces and the like are written `\040` in tables of mounts (proc(5), fstab(5)). */
export function unescapeOctal(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** The sizes by path that were printed in this format, under the names that Ansible's facts have. */
export function readSizes(printed: string): Map<string, JsonObject> {
  const texts = printed.split('\0');
  const sizes = new Map<string, JsonObject>();
  for (let i = 0; i + 1 < texts.length; i += 2) sizes.set(texts[i]!, sizeOf(texts[i + 1]!));
  return sizes;
}

function sizeOf(text: string): JsonObject {
  const [block = 0, fragment = 0, total = 0, available = 0, inodes = 0, freeInodes = 0] = text
    .split(' ')
    .map(Number);
  return {
    size_total: fragment * total,
    size_available: fragment * available,
    block_size: block,
    block_total: total,
    block_available: available,
    block_used: total - available,
    inode_total: inodes,
    inode_available: freeInodes,
    inode_used: inodes - freeInodes,
  };
}
