import { unescapeOctal } from '../../node/queries/file-system-sizes.js';
import { quote, quoteAll } from '../../node/quote.js';
import type { JsonObject } from '../../values/json.js';

const DYNAMIC = ['/etc/mtab', '/proc/mounts', '/etc/mnttab'];
const STATIC = ['/etc/fstab', '/etc/vfstab', '/etc/filesystems'];
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  all: [...DYNAMIC, ...STATIC],
  dynamic: DYNAMIC,
  static: STATIC,
};

/** The program that lists mounts, as a source. */
export const PROGRAM = 'mount';

/** A mount that a source names: the line, and what it says. */
export type Named = { readonly source: string; readonly line: string; readonly fields: JsonObject };

/** The sources that are meant, in their order, some perhaps twice. */
export function sourcesOf(wished: readonly string[]): string[] {
  return (wished.length === 0 ? ['all'] : wished).flatMap((source) => GROUPS[source] ?? [source]);
}

/** Sh source that prints real paths and contents of these files, what `mount` says, and devices with their UUIDs; NUL after each. */
export function lookScript(files: readonly string[], binary: string | undefined): string {
  return `set -- ${quoteAll(files)}
[ $# = 0 ] || readlink -mz -- "$@"
for f; do cat -- "$f" 2>/dev/null; printf '\\0'; done
${binary === undefined ? ':' : `${quote(binary)} </dev/null 2>/dev/null`}; printf '\\0%s\\0' $?
for l in /dev/disk/by-uuid/*; do [ -e "$l" ] && printf '%s %s\\n' "$(readlink -f "$l")" "\${l##*/}"; done
timeout 5 lsblk -lnpo NAME,UUID -e 2 2>/dev/null; :`;
}

/** What such a script found. */
export type Look = {
  readonly files: ReadonlyMap<string, { readonly real: string; readonly text: string }>;
  readonly listed: string;
  readonly listedRc: number;
  readonly uuids: ReadonlyMap<string, string>;
};

/** Reads what the script printed. */
export function readLook(files: readonly string[], printed: string): Look {
  const parts = printed.split('\0');
  const found = files.map(
    (file, i) => [file, { real: parts[i]!, text: parts[files.length + i] ?? '' }] as const,
  );
  const [listed = '', rc = '', pairs = ''] = parts.slice(2 * files.length);
  const uuids = pairs
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words.length === 2)
    .map(([device, uuid]) => [device!, uuid!] as const);
  return { files: new Map(found), listed, listedRc: Number(rc), uuids: new Map([...uuids].reverse()) };
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The lines of fstab(5), or of the older vfstab with seven columns; nothing when a line is neither. */
function tableRows(source: string, text: string): Named[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const rows = lines.map((line) => ({ line, words: line.split(/\s+/).map(unescapeOctal) }));
  if (rows.some(({ words }) => words.length < 4)) return [];
  const older = rows.every(({ words }) => words.length === 7);
  return rows.map(({ line, words }) => {
    const [a, b, c, d, e, f, g] = words as [string, string, string, string, ...string[]];
    if (older) {
      const rest = { passno: number(e) ?? e!, mount_at_boot: f!, options: g! };
      return { source, line, fields: { device: a, device_to_fsck: b, mount: c, fstype: d, ...rest } };
    }
    const [dump, passno] = [number(e), number(f)];
    const more = { ...(dump !== undefined && { dump }), ...(passno !== undefined && { passno }) };
    return { source, line, fields: { device: a, mount: b, fstype: c, options: d, ...more } };
  });
}

function programRows(text: string): Named[] {
  return text.split('\n').flatMap((line) => {
    const [, device, mount, fstype, options] = /^(\S+) on (.+) type (\S+) \((.+)\)$/.exec(line) ?? [];
    if (device === undefined) return [];
    return [{ source: PROGRAM, line, fields: { device, mount: mount!, fstype: fstype!, options: options! } }];
  });
}

/** The mounts of all sources; a file that is another one's link counts once, and `mount` where no table of the kernel is. */
export function namedMounts(sources: readonly string[], look: Look, fallback: boolean): Named[] {
  const seen = new Set<string>();
  const out: Named[] = [];
  for (const source of sources) {
    const real = look.files.get(source)?.real ?? source;
    if (seen.has(real)) continue;
    seen.add(real);
    out.push(
      ...(source === PROGRAM
        ? programRows(look.listed)
        : tableRows(source, look.files.get(source)?.text ?? '')),
    );
  }
  const dynamic = out.some(({ source }) => source === PROGRAM || DYNAMIC.includes(source));
  const wanted = fallback && !dynamic && sources.some((source) => DYNAMIC.includes(source));
  return wanted ? [...out, ...programRows(look.listed)] : out;
}
