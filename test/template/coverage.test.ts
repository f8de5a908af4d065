import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../lib/template/builtin.js';
import { readCases } from './oracle/cases.js';

// The comparison with ansible-core covers every filter, test and lookup by at least one case.
const cases = [...readCases().values()].flat();
const sources = cases.flatMap((one) => [
  one.source,
  ...Object.values(one.files ?? {}),
  JSON.stringify(one.vars ?? {}),
]);
const lookups = ['cases.yml', 'vault-server.cases.yml'].map((name) =>
  readFileSync(join(import.meta.dirname, 'lookups', name), 'utf8'),
);
const all = [...sources, ...lookups].join('\n');

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const WAYS: Record<'filters' | 'tests' | 'lookups', (name: string) => RegExp> = {
  filters: (name) => new RegExp(`(\\||filter|map\\(\\\\?['"])\\s*(\\w+\\.)*${escaped(name)}\\b`),
  tests: (name) =>
    new RegExp(`(\\bis (not )?(\\w+\\.)*|(select|reject|attr)\\([^)]*['"])${escaped(name)}(?!\\w)`),
  lookups: (name) => new RegExp(`(lookup|query|q)\\(\\\\?['"](\\w+\\.)*${escaped(name)}\\\\?['"]`),
};

/** Names that Ansible itself has not, or whose results no two programs share; other tests cover them. */
const ELSEWHERE: Record<keyof typeof WAYS, ReadonlySet<string>> = {
  filters: new Set(),
  tests: new Set(),
  lookups: new Set(['inventory_hostnames', 'config', 'url', 'cartesian', 'flattened']),
};

test('there are at least 800 cases', () => {
  assert.ok(cases.length >= 800, String(cases.length));
});

for (const kind of ['filters', 'tests', 'lookups'] as const)
  test(`every one of the ${kind} occurs in a case`, () => {
    const missing = [...library[kind].keys()].filter(
      (name) => !ELSEWHERE[kind].has(name) && !WAYS[kind](name).test(all),
    );
    assert.equal(missing, []);
  });

test.run();
