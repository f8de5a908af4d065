import type { SectionOutput } from '../sections.js';

/** What the facts' script found: small files, links, and what a few programs printed. */
export type Gathered = {
  /** A file's text without space around it; undefined when it is absent or empty. */
  readonly file: (path: string) => string | undefined;
  /** Paths of files that a pattern found. */
  readonly paths: (pattern: RegExp) => string[];
  /** Where a symbolic link points, as written. */
  readonly link: (path: string) => string | undefined;
  /** Links whose paths a pattern matches, with their targets. */
  readonly links: (pattern: RegExp) => [path: string, target: string][];
  /** The output of a program of the script; undefined when it did not run. */
  readonly program: (name: string) => SectionOutput | undefined;
  /** Whether a path exists or a program is installed; only those that the script tests. */
  readonly has: (name: string) => boolean;
};

/** The standard output of a program as text, '' when it did not run. */
export function printed(gathered: Gathered, name: string): string {
  return gathered.program(name)?.stdout.toString('utf8') ?? '';
}

/** Lines of a text that are not empty. */
export function linesOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}
