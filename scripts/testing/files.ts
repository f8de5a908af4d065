import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The test files of the project; those that boot nodes apart. Paths are relative to the project. */
export type TestFiles = { unit: string[]; fleet: string[] };

/** Finds the test files below test/ whose path contains one of `wanted` (all, when there is none). */
export function findTests(root: string, wanted: readonly string[] = []): TestFiles {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part.replace(/^\.\//, ''))))
    .sort();
  const boots = (file: string) => file.startsWith(join('test', 'fleet'));
  return { unit: all.filter((file) => !boots(file)), fleet: all.filter(boots) };
}
