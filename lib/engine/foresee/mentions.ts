import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statOf } from '../../values/stat.js';

const FILES = 3000;
const LARGEST = 512 * 1024;
const LEFT_OUT: ReadonlySet<string> = new Set(['.git', 'node_modules', '.venv', '__pycache__']);

type Pile = { readonly texts: string[]; files: number };

function gather(dir: string, pile: Pile, seen: Set<string>): void {
  if (seen.has(dir) || pile.files > FILES) return;
  seen.add(dir);
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const path = join(dir, entry.name);
    const stat = statOf(path);
    if (stat?.isDirectory()) gather(path, pile, seen);
    else if (stat?.isFile() && stat.size <= LARGEST) {
      pile.files += 1;
      if (pile.files > FILES) return;
      pile.texts.push(readFileSync(path, 'utf8'));
    }
  }
}

/** A name that something may give a value to, or that somewhere may be absent. */
function definition(name: string): RegExp {
  const word = name.replace(/[^\w]/g, '\\$&');
  return new RegExp(
    [
      `(?<![\\w.{])${word}['"]?\\s*(?::(?=\\s|$)|=(?!=))`,
      `(?:register|loop_var|index_var|name)['"]?\\s*[:=]\\s*['"]?${word}\\b`,
      `\\b(?:set|for|in|macro)\\s+[\\w,\\s(]*\\b${word}\\b(?!\\s*\\}\\})`,
      `\\b${word}\\b[\\w.\\[\\]'"]*\\s+is\\s+(?:not\\s+)?(?:un)?defined`,
      `\\b${word}\\b[\\w.\\[\\]'"]*\\s*\\)?\\s*\\|\\s*(?:default|d)\\b`,
      `['"]${word}['"]`,
    ].join('|'),
    'm',
  );
}

/**
 * Says whether a name may get a value in any file below these folders. They are read when first asked about; when they
 * are too large to be read, every name may.
 */
export function mentionsIn(folders: readonly string[]): (name: string) => boolean {
  const pile: { read?: Pile } = {};
  return (name) => {
    if (!pile.read) {
      const fresh: Pile = { texts: [], files: 0 };
      const seen = new Set<string>();
      try {
        for (const dir of folders) gather(dir, fresh, seen);
      } catch {
        fresh.files = FILES + 1; // a folder that cannot be read may hold anything
      }
      pile.read = fresh;
    }
    const { texts, files } = pile.read;
    const pattern = definition(name);
    return files > FILES || texts.some((text) => text.includes(name) && pattern.test(text));
  };
}
