import { quote } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import type { Details } from './details.js';

/** Sh source that prints the inode's version and flags of a path; on overlays only the flags can be had. */
export function flagsSection(path: string): string {
  return `lsattr -vd -- ${quote(path)} 2>/dev/null || lsattr -d -- ${quote(path)}`;
}

/** Reads what `flagsSection` printed: ` 1234 --------------e------- path`. */
export function readFlags(output: SectionOutput, into: Details): void {
  const found = /^\s*(?:(\d+)\s+)?([a-zA-Z-]+) /m.exec(output.stdout.toString('latin1'));
  if (found !== null) into.flags = { version: found[1] ?? '', attributes: found[2]!.replaceAll('-', '') };
}

/** Sh source that prints the MIME type and character set of a path, where `file` is installed. */
export function mimeSection(path: string, follow: boolean): string {
  return `command -v file >/dev/null && file ${follow ? '-L' : '-h'} -b --mime-type --mime-encoding -- ${quote(path)}`;
}

/** Reads what `mimeSection` printed: `text/plain; charset=us-ascii`. */
export function readMime(output: SectionOutput, into: Details): void {
  const found = /^(\S+); charset=(\S+)/.exec(output.stdout.toString('latin1'));
  if (found !== null) into.mime = { mimeType: found[1]!, charset: found[2]! };
}
