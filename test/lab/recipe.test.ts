import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { extraPackages, type ImageSpec, imageHash, packagesOf, plainSpec } from '../../lib/lab/recipe.js';

const apt = { sources: 'deb x', proxy: {}, authorities: [] };
const hash = (spec: ImageSpec, over = {}) => imageHash(spec, { ...apt, ...over });

test('the minimal image has no python', () => {
  assert.not(packagesOf({}).some((name) => name.startsWith('python')));
  assert.ok(packagesOf({ variant: 'python' }).includes('python3-apt'));
});

test('packages come once and sorted', () => {
  const names = packagesOf({ include: ['zsh', 'sudo', 'zsh', 'acl'] });
  assert.equal(names, [...new Set(names)].sort());
  assert.ok(names.includes('acl') && names.includes('zsh'));
});

test('an image is named by what it holds, not by how that was asked for', () => {
  assert.is(hash({}), hash({ variant: 'minimal', include: [] }));
  assert.is(hash({ include: ['a', 'b'] }), hash({ include: ['b', 'a', 'b'] }));
  assert.is(hash({ variant: 'python' }), hash({ include: ['python3-apt', 'python3'] }));
  assert.is(hash({}), hash({ suite: 'bookworm' }));
  assert.is(hash({}), hash({}, { proxy: { 'Acquire::http::Proxy': 'http://p' } }));
});

test('an image is the plain one of its release and some packages more', () => {
  const spec: ImageSpec = { suite: 'trixie', variant: 'python', include: ['zsh', 'cron', 'acl'] };
  assert.equal(extraPackages(spec), ['acl', 'python3', 'python3-apt', 'zsh']);
  assert.equal([...packagesOf(plainSpec(spec)), ...extraPackages(spec)].sort(), packagesOf(spec));
  assert.equal(plainSpec(spec), { suite: 'trixie' });
  assert.equal(extraPackages(plainSpec(spec)), []);
  assert.is(hash(plainSpec({ include: ['acl'] })), hash({}));
});

test('another package, release, source or authority is another image', () => {
  const all = [
    hash({}),
    hash({ include: ['a'] }),
    hash({ variant: 'python' }),
    hash({ suite: 'trixie' }),
    hash({}, { sources: 'deb y' }),
    hash({}, { authorities: [{ name: 'a.crt', text: 'x' }] }),
  ];
  assert.is(new Set(all).size, all.length);
  for (const name of all) assert.match(name, /^[0-9a-f]{16}$/);
});

test.run();
