import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Reads a list of cases beside a test. A key that is not in `keys` is an error: a misspelt one would test nothing. */
export function readCases<T extends object>(file: URL, keys: readonly (keyof T & string)[]): T[] {
  const cases = parse(readFileSync(file, 'utf8')) as T[];
  for (const one of cases)
    for (const key of Object.keys(one))
      if (!keys.includes(key as keyof T & string)) throw new Error(`${file.pathname}: unknown key '${key}'`);
  return cases;
}
