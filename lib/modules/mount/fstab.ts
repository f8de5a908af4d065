import { splitLines } from '../edit/lines.js';

/** The fields of a line of fstab(5) in their order. */
export type Entry = {
  readonly src: string;
  readonly name: string;
  readonly fstype: string;
  readonly opts: string;
  readonly dump: string;
  readonly passno: string;
};

const ORDER = ['src', 'name', 'fstype', 'opts', 'dump', 'passno'] as const;
const COMPARED = ['src', 'fstype', 'opts', 'dump', 'passno'] as const;

/** A field as fstab writes it: what would end it or begin something else, in octal. */
export function escaped(text: string): string {
  return text.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('&', '\\046');
}

function parsed(line: string): Entry | undefined {
  const fields = line.trim().split(/\s+/);
  if (line.trim() === '' || line.trim().startsWith('#') || fields.length < 4 || fields.length > 6)
    return undefined;
  const [src = '', name = '', fstype = '', opts = '', dump = '0', passno = '0'] = fields;
  return { src, name, fstype, opts, dump, passno };
}

function lineOf(entry: Entry): string {
  return `${ORDER.map((field) => entry[field]).join(' ')}\n`;
}

/** Whether a line is about the same mount point; swap has none, so its source decides. */
function about(entry: Entry, name: string, src: string | undefined): boolean {
  if (entry.name !== name) return false;
  return !(src !== undefined && entry.name === 'none' && entry.fstype === 'swap' && entry.src !== src);
}

/** The text with an entry set; the same text when it stands there already. */
export function withEntry(text: string, wished: Entry): string {
  const own = Object.fromEntries(ORDER.map((f) => [f, escaped(wished[f])])) as Entry;
  const found = { any: false, changed: false };
  const lines = splitLines(text).map((line) => {
    const entry = parsed(line);
    if (!entry || !about(entry, own.name, own.src)) return line.endsWith('\n') ? line : `${line}\n`;
    found.any = true;
    if (COMPARED.every((f) => entry[f] === own[f])) return line.endsWith('\n') ? line : `${line}\n`;
    found.changed = true;
    return lineOf({ ...own, name: entry.name });
  });
  if (found.any) return found.changed ? lines.join('') : text;
  return [...lines, lineOf(own)].join('');
}

/** The text without the entries of a mount point. */
export function withoutEntry(text: string, name: string, src: string | undefined): string {
  const kept = splitLines(text).filter((line) => {
    const entry = parsed(line);
    return !entry || !about(entry, escaped(name), src === undefined ? undefined : escaped(src));
  });
  return kept.join('');
}
