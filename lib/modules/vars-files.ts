import { basename, extname } from 'node:path';
import { textPattern } from './edit/regex.js';
import type { VarsSource } from './source.js';

/** Tells for a file of a vars folder whether it counts: 'load' it, 'leave' it out, or 'refuse' its extension. */
export function wantsVarsFile(source: VarsSource, file: string): 'load' | 'leave' | 'refuse' {
  const name = basename(file);
  if (source.matching !== undefined && !textPattern(source.matching).search(name)) return 'leave';
  if (source.ignore.some((end) => textPattern(`${end}$`).search(name))) return 'leave';
  if (source.extensions.includes(extname(name).slice(1))) return 'load';
  return source.ignoreUnknown ? 'leave' : 'refuse';
}
