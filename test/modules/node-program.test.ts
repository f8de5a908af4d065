import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { argumentFile } from '../../lib/modules/node-program/argument-file.js';
import { resultOf } from '../../lib/modules/node-program/output.js';
import { interpreterOf, styleOf } from '../../lib/modules/node-program/style.js';
import type { JsonObject } from '../../lib/values/json.js';

const file = fileURLToPath(new URL('./node-program.yaml', import.meta.url));
const cases = parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>[]>;

function known(name: string, keys: readonly string[]): Record<string, unknown>[] {
  for (const one of cases[name] ?? [])
    for (const key of Object.keys(one)) assert.ok(keys.includes(key), `unknown key '${key}' in ${name}`);
  return cases[name] ?? [];
}

for (const one of known('styles', ['text', 'style', 'interpreter']))
  test(`style of ${JSON.stringify(one.text)}`, () => {
    const data = Buffer.from(String(one.text), 'latin1');
    assert.is(styleOf(data), one.style);
    assert.equal(interpreterOf(data), one.interpreter);
  });

for (const one of known('outputs', ['stdout', 'stderr', 'rc', 'interpreter', 'result']))
  test(`result of ${JSON.stringify(one.stdout)} ${one.stderr ?? ''}`, () => {
    const printed = { rc: Number(one.rc ?? 0), stdout: String(one.stdout), stderr: String(one.stderr ?? '') };
    assert.equal(resultOf(printed, one.interpreter as string | undefined), one.result);
  });

for (const one of known('arguments', ['style', 'args', 'file']))
  test(`arguments as ${one.style}: ${one.file}`, () => {
    assert.is(argumentFile(one.style as 'json', one.args as JsonObject), one.file);
  });

test('a program always finds its own JSON between other lines', () => {
  const noise = fc.array(fc.stringMatching(/^[a-z [\]]*$/), { maxLength: 4 });
  fc.assert(
    fc.property(
      noise,
      noise,
      fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.string()),
      (before, after, body) => {
        const { results: _results, rc: _rc, warnings: _warnings, ...plain } = body;
        const stdout = [...before, JSON.stringify(plain), ...after].join('\n');
        const { warnings: _said, ...found } = resultOf({ rc: 0, stdout, stderr: '' });
        assert.equal(found, plain);
      },
    ),
  );
});

test('a shell reads the words back as they were', () => {
  const texts = fc
    .sample(fc.string({ unit: 'grapheme' }), { numRuns: 40, seed: 1 })
    .filter((t) => !t.includes('\0'));
  const words = argumentFile('words', Object.fromEntries(texts.map((text, i) => [`v${i}`, text])));
  const script = `${words}\n${texts.map((_, i) => `printf '%s\\0' "$v${i}"`).join('\n')}`;
  const read = execFileSync('/bin/sh', ['-s'], { input: script, encoding: 'utf8' });
  assert.equal(read.split('\0').slice(0, -1), texts);
});

test.run();
