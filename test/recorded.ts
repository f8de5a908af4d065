import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

/**
 * The cases that record-parts.py wrote into a file beside `test/`: a list of objects that hold `keys`, and perhaps
 * `optional` ones. Any other key fails.
 */
export function recorded<T>(file: string, keys: readonly string[], optional: readonly string[] = []): T[] {
  const cases = JSON.parse(readFileSync(`test/${file}`, 'utf8')) as Record<string, unknown>[];
  assert.ok(cases.length > 0, `${file} holds no cases`);
  for (const one of cases) {
    const unknown = Object.keys(one).filter((key) => !keys.includes(key) && !optional.includes(key));
    assert.equal(unknown, [], `${file}: unknown keys in ${JSON.stringify(one)}`);
    for (const key of keys) assert.ok(key in one, `${file}: no ${key} in ${JSON.stringify(one)}`);
  }
  return cases as T[];
}
