import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fromJson } from '../../lib/values/convert.js';
import type { Json, JsonObject } from '../../lib/values/json.js';
import type { Value } from '../../lib/values/value.js';
import { fileFactCache } from '../../lib/vars/fact-cache.js';
import { clearFacts, hostStore, storeFacts } from '../../lib/vars/host-store.js';

const root = mkdtempSync(join(tmpdir(), 'ffe-facts-'));
test.after(() => rmSync(root, { recursive: true, force: true }));

const factsOf = (json: Json): Map<string, Value> => fromJson(json) as Map<string, Value>;
const inDir = (name: string, more: { prefix?: string; timeout?: number } = {}) =>
  fileFactCache({ dir: join(root, name), prefix: '', timeout: 0, ...more });

test('what is written is read again', () => {
  const cache = inDir('again');
  const known = fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(known, (json) => {
      const facts = factsOf(json as Json);
      cache.write('h', facts);
      assert.equal(cache.read('h'), facts);
    }),
    { numRuns: 50 },
  );
});

test('a file looks as the one Ansible writes', () => {
  inDir('form', { prefix: 'p_' }).write(
    'web1',
    factsOf({ b: 'ü', ansible_system: 'Linux', a: [1, { k: null }] }),
  );
  const text =
    '{\n    "a": [\n        1,\n        {\n            "k": null\n        }\n    ],\n' +
    '    "ansible_system": "Linux",\n    "b": "\\u00fc"\n}';
  assert.equal(readdirSync(join(root, 'form')), ['p_web1']);
  assert.is(readFileSync(join(root, 'form', 'p_web1'), 'utf8'), text);
});

test('what is too old is not known, unless nothing is', () => {
  const cache = inDir('old', { timeout: 60 });
  cache.write('h', factsOf({ a: 1 }));
  const then = Date.now() / 1000 - 120;
  utimesSync(join(root, 'old', 'h'), then, then);
  assert.is(cache.read('h'), undefined);
  assert.equal(inDir('old').read('h'), factsOf({ a: 1 }));
});

test('a host that was removed is not known', () => {
  const cache = inDir('gone');
  cache.write('h', factsOf({ a: 1 }));
  cache.remove('h');
  cache.remove('h');
  assert.is(cache.read('h'), undefined);
});

test('a broken file is removed and said to be broken', () => {
  const cache = inDir('broken');
  writeFileSync(join(root, 'broken', 'h'), '{"a": ');
  assert.throws(() => cache.read('h'), /was corrupt/);
  assert.is(cache.read('h'), undefined);
});

test('a store keeps its facts whenever they change', () => {
  const kept: (JsonObject | undefined)[] = [];
  const store = hostStore(
    true,
    (facts) => void kept.push(facts && Object.fromEntries(facts as Map<string, string>)),
  );
  storeFacts(store, { ansible_a: 'x' });
  storeFacts(store, { b: 'y' });
  clearFacts(store);
  assert.equal(kept, [{ ansible_a: 'x' }, { ansible_a: 'x', b: 'y' }, undefined]);
});

test.run();
