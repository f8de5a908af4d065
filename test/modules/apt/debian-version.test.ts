import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareVersions } from '../../../lib/modules/apt/debian-version.js';
import { accepts, parseSpec } from '../../../lib/modules/apt/package-spec.js';
import { patternRegex } from '../../../lib/modules/shell-pattern.js';

// Lower versions first, as deb-version(7) and dpkg order them.
const ORDER = [
  '1.0~~',
  '1.0~~a',
  '1.0~',
  '1.0',
  '1.0-1',
  '1.0-1+b1',
  '1.0a',
  '1.0+',
  '1.0.1',
  '1.2',
  '1.10',
  '1:0.1',
  '2:0',
];

test('versions are ordered as dpkg orders them', () => {
  for (const [i, a] of ORDER.entries())
    for (const [j, b] of ORDER.entries())
      assert.is(Math.sign(compareVersions(a, b)), Math.sign(i - j), `${a} and ${b}`);
});

test('comparing is antisymmetric, and a version equals itself', () => {
  const piece = fc.stringMatching(/^[0-9a-z.+~]{1,6}$/);
  const version = fc.tuple(fc.nat(3), piece, piece).map(([e, u, r]) => `${e}:1${u}-${r}`);
  fc.assert(
    fc.property(version, version, (a, b) => {
      assert.is(compareVersions(a, a), 0);
      assert.is(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)));
    }),
  );
});

test('dpkg agrees, where it is there', () => {
  const dpkg = (a: string, b: string) => {
    try {
      execFileSync('dpkg', ['--compare-versions', a, 'lt', b]);
      return true;
    } catch {
      return false;
    }
  };
  if (!dpkg('1', '2')) return;
  const pairs = fc.sample(
    fc.tuple(fc.stringMatching(/^1[0-9a-c.+~]{0,5}$/), fc.stringMatching(/^1[0-9a-c.+~]{0,5}$/)),
    40,
  );
  for (const [a, b] of pairs) assert.is(compareVersions(a, b) < 0, dpkg(a, b), `${a} lt ${b}`);
});

test('specifications are taken apart', () => {
  assert.equal(parseSpec('foo=1.0*'), {
    text: 'foo=1.0*',
    name: 'foo',
    operator: '=',
    version: '1.0*',
    release: undefined,
    pattern: false,
  });
  assert.is(parseSpec('foo>=1:2').operator, '>=');
  assert.is(parseSpec('foo/stable').release, 'stable');
  assert.is(parseSpec('lib*').pattern, true);
  assert.is(parseSpec('libc6:i386').name, 'libc6:i386');
});

test('a specification accepts versions', () => {
  assert.ok(accepts(parseSpec('foo'), '1'));
  assert.ok(accepts(parseSpec('foo=1.*'), '1.5-2'));
  assert.not(accepts(parseSpec('foo=1.*'), '2.5'));
  assert.ok(accepts(parseSpec('foo>=1.2'), '1.10'));
  assert.not(accepts(parseSpec('foo>=1.2'), '1.2~rc1'));
});

test('shell patterns', () => {
  for (const [pattern, text, matches] of [
    ['a*', 'abc', true],
    ['a?c', 'abc', true],
    ['a[!b]c', 'abc', false],
    ['a[a-c]c', 'abc', true],
    ['a.c', 'abc', false],
    ['[', '[', true],
    ['a[]]', 'a]', true],
  ] as const)
    assert.is(patternRegex(pattern).test(text), matches, `${pattern} ${text}`);
});

test.run();
