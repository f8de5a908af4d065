import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostFiles } from './library.js';

/** A template's text and the path it came from. */
export type Source = { readonly text: string; readonly file: string };

function read(file: string): Source | undefined {
  try {
    return statSync(file).isFile() ? { text: readFileSync(file, 'utf8'), file } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds the template that another one names: beside it, then in `templates/` and itself of each search path. A name
 * cannot climb out of these folders.
 */
export function findTemplate(name: string, beside: string, files: HostFiles): Source | undefined {
  const given = files.template?.(name);
  if (given) return given;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return undefined;
  const path = parts.join('/');
  const folders = [dirname(beside), ...files.searchPath.flatMap((p) => [join(p, 'templates'), p])];
  for (const folder of folders) {
    const found = read(join(folder, path));
    if (found) return found;
  }
  return undefined;
}
