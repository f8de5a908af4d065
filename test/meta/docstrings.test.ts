import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Source, sources } from './source.js';

const EXPORT = /^export (?:async )?(?:function\*?|const|class) +(\w+)/;

/** Exported names whose first line is not preceded by a docstring; the first of several overloads speaks for all. */
function bare({ path, lines }: Source): string[] {
  const seen = new Set<string>();
  return lines.flatMap((line, i) => {
    const name = line.match(EXPORT)?.[1];
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return lines[i - 1]?.trim().endsWith('*/') ? [] : [`${path}:${i + 1}: ${name}`];
  });
}

test('every exported function, class and constant has a docstring', () => {
  assert.equal(sources('lib').flatMap(bare), []);
});

test('a missing docstring is seen', () => {
  const lines = ['/** Says so. */', 'export const a = 1;', 'export function b() {}'];
  assert.equal(bare({ path: 'x.ts', text: '', lines, imports: [] }), ['x.ts:3: b']);
});

test.run();
