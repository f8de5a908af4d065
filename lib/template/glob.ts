import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { linkStatOf } from '../values/stat.js';

const MAGIC = /[*?[]/;

/** A file name pattern of Python's fnmatch as a regular expression for one name. */
export function nameRegex(mask: string): RegExp {
  let out = '';
  for (let i = 0; i < mask.length; i++) {
    const ch = mask[i]!;
    const set = ch === '[' ? /^\[(!?)(\]?[^\]]*)\]/.exec(mask.slice(i)) : null;
    if (ch === '*') out += '[\\s\\S]*';
    else if (ch === '?') out += '[\\s\\S]';
    else if (set) {
      out += `[${set[1] ? '^' : ''}${set[2]!.replace(/[\\\]^]/g, '\\$&')}]`;
      i += set[0].length - 1;
    } else out += ch.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  return new RegExp(`^${out}$`, 'u');
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder === '' ? '.' : folder).sort();
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  return linkStatOf(path) !== undefined;
}

function expand(folder: string, part: string): string[] {
  if (!MAGIC.test(part)) return part === '' || exists(join(folder || '.', part)) ? [part] : [];
  const mask = nameRegex(part);
  return names(folder).filter((name) => mask.test(name) && (part.startsWith('.') || !name.startsWith('.')));
}

/** The paths that match a shell pattern, sorted; hidden names only where the pattern asks for them. */
export function glob(mask: string): string[] {
  const absolute = mask.startsWith('/');
  const parts = (absolute ? mask.slice(1) : mask).split('/');
  let found = [absolute ? '/' : ''];
  for (const [i, part] of parts.entries()) {
    const glue = i === 0 ? '' : '/';
    found = found.flatMap((base) => expand(base, part).map((name) => base + glue + name));
  }
  return found.filter(exists);
}
