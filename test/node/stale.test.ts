import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Action } from '../../lib/node/actions/action.js';
import {
  type Answer,
  getent,
  group,
  passwd,
  path,
  pkg,
  type Query,
  read,
  tree,
  unit,
} from '../../lib/node/queries/query.js';
import { staleAfter } from '../../lib/node/stale.js';

type Case = { name: string; action: Action; stale?: string[]; keeps?: string[] };

const cases = parse(readFileSync('test/node/stale.cases.yml', 'utf8')) as Case[];

/** `path /x`, `follow /x`, `tree /x`, `unit ssh` ... */
function queryOf(text: string): Query {
  const [kind, word] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)];
  if (kind === 'path') return path(word);
  if (kind === 'follow') return path(word, { follow: true });
  if (kind === 'tree') return tree(word);
  if (kind === 'package') return pkg(word);
  if (kind === 'unit') return unit(word);
  if (kind === 'passwd') return passwd(word);
  if (kind === 'group') return group(word);
  if (kind === 'getent') return getent(word);
  if (kind === 'read') return read([word]);
  if (kind === 'facts') return { kind, subset: ['all'], factPath: word, timeout: 10 };
  throw new Error(`no such query: ${text}`);
}

test('another name of a file may be of the changed one', () => {
  const stale = staleAfter([
    { kind: 'attributes', path: '/a/x', follow: false, attributes: { mode: 0o600 } },
  ]);
  const state = { kind: 'path', exists: true, type: 'file' } as const;
  assert.ok(stale(path('/b/y'), { ...state, nlink: 2 } as Answer));
  assert.not(stale(path('/b/y'), { ...state, nlink: 1 } as Answer));
  assert.not(stale(path('/b/y'), { ...state, type: 'directory', nlink: 2 } as Answer));
  const made = staleAfter([{ kind: 'link', path: '/b/y', target: '/a/x', hard: true, attributes: {} }]);
  assert.ok(made(path('/a/x')));
});

for (const wanted of cases)
  test(wanted.name, () => {
    const { name: _, action, stale = [], keeps = [], ...unknown } = wanted;
    assert.equal(unknown, {}, 'a case has a key that is not known');
    const isStale = staleAfter([action]);
    for (const text of stale) assert.ok(isStale(queryOf(text)), `${text} is stale`);
    for (const text of keeps) assert.not(isStale(queryOf(text)), `${text} still holds`);
  });

test('no action makes nothing stale', () => {
  assert.not(staleAfter([])(path('/')));
});

test.run();
