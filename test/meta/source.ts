import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** One file of the project; `path` is relative to the project, `imports` are paths of its own files, too. */
export type Source = { path: string; text: string; lines: string[]; imports: Import[] };

/** `type` tells an import that vanishes when the code runs. */
export type Import = { from: string; type: boolean };

/** Comments and the content of strings would be taken for code by the checks. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

function importsOf(path: string, text: string): Import[] {
  const found = withoutComments(text).matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm,
  );
  return [...found].map(([, type, target]) => {
    const file = resolve(dirname(path), target!.replace(/\.js$/, '.ts'));
    return { from: relative(process.cwd(), file), type: type !== undefined };
  });
}

/** Every TypeScript file below a folder of the project, in order of its path. */
export function sources(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      return { path, text, lines: text.split('\n'), imports: importsOf(path, text) };
    });
}

/** A function's first line (from 1), its length in lines, and the line itself. */
export type Span = { line: number; length: number; head: string };

const OPENS = /(\bfunction\b.*\{|=>\s*\{|^\s*(async\s+|static\s+|get\s+|set\s+)*[\w$]+\([^)]*\)[^;=]*\{)\s*$/;
const CONTROL = /^\s*(\} )?(if|for|while|switch|catch|else|do|try)\b/;

/** The functions of a file that Biome has formatted: from the line that opens one to the line that closes it. */
export function functionsOf({ lines }: Source): Span[] {
  return lines.flatMap((head, i) => {
    if (!OPENS.test(head) || CONTROL.test(head)) return [];
    const indent = head.search(/\S/);
    const end = lines.findIndex(
      (line, j) => j > i && line.startsWith('}', indent) && line.search(/\S/) === indent,
    );
    return [{ line: i + 1, length: (end < 0 ? lines.length : end) - i + 1, head }];
  });
}

/** The value below which the share `q` of the numbers lies. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}
