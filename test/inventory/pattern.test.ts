import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadInventory } from '../../lib/inventory/load.js';
import { globRegExp, splitPattern } from '../../lib/inventory/pattern.js';
import { expandHosts, expandRange, splitPort } from '../../lib/inventory/ranges.js';
import { limitPatterns, selectHosts } from '../../lib/inventory/select.js';
import { inFolder } from './cases.js';

const { inventory } = loadInventory(['web1,web2,web3,db1,']);

test('patterns are split at commas and colons, but not within addresses', () => {
  assert.equal(splitPattern('web:&prod:!web3'), ['web', '&prod', '!web3']);
  assert.equal(splitPattern('a,b:c'), ['a', 'b', 'c']);
  assert.equal(splitPattern('web[0:2]:db'), ['web[0:2]', 'db']);
  assert.equal(splitPattern('2001:db8::1'), ['2001:db8::1']);
  assert.equal(splitPattern('host:22'), ['host:22']);
  assert.equal(splitPattern('~a:b'), ['~a:b']);
});

const GLOBS: [glob: string, name: string, fits: boolean][] = [
  ['w*', 'web', true],
  ['w?b', 'web', true],
  ['w?b', 'weeb', false],
  ['[ab]x', 'ax', true],
  ['[!ab]x', 'ax', false],
  ['[a-c]x', 'bx', true],
  ['a.b', 'a.b', true],
  ['a.b', 'axb', false],
  ['a[', 'a[', true],
];

for (const [glob, name, fits] of GLOBS)
  test(`glob ${glob} and ${name}`, () => {
    assert.is(globRegExp(glob).test(name), fits);
  });

test('limits narrow the hosts of a play, also from a file', () =>
  inFolder({}, (dir) => {
    const file = join(dir, 'limit');
    writeFileSync(file, '# comment\nweb2\n\ndb1\n');
    assert.equal(limitPatterns(`web1,@${file}`), ['web1', 'web2', 'db1']);
    assert.equal(selectHosts(inventory, 'all', { limit: `@${file}` }).hosts, ['web2', 'db1']);
    assert.equal(selectHosts(inventory, 'web*', { limit: 'all:!web1' }).hosts, ['web2', 'web3']);
    assert.throws(() => limitPatterns('@/nowhere'), /cannot be read/);
  }));

test('what matches nothing is a warning with a suggestion', () => {
  const { hosts, warnings } = selectHosts(inventory, 'wbe1,db1');
  assert.equal(hosts, ['db1']);
  assert.equal(warnings, ["Could not match supplied host pattern, ignoring: wbe1 (did you mean 'web1'?)"]);
});

test('a subscript out of range and a bad expression are errors', () => {
  assert.throws(() => selectHosts(inventory, 'all[9]'), /no hosts match/);
  assert.throws(() => selectHosts(inventory, '~('), /no valid regular expression/);
});

test('orders of hosts', () => {
  const of = (order: 'sorted' | 'reverse_sorted' | 'reverse_inventory' | 'inventory' | 'shuffle') =>
    selectHosts(inventory, 'all', { order }).hosts;
  assert.equal(of('inventory'), ['web1', 'web2', 'web3', 'db1']);
  assert.equal(of('reverse_inventory'), ['db1', 'web3', 'web2', 'web1']);
  assert.equal(of('sorted'), ['db1', 'web1', 'web2', 'web3']);
  assert.equal(of('reverse_sorted'), ['web3', 'web2', 'web1', 'db1']);
  assert.equal(of('shuffle').sort(), of('sorted'));
});

test('the implicit localhost is found by name only', () => {
  const { inventory: own } = loadInventory(['web1,']);
  assert.equal(selectHosts(own, 'localhost').hosts, ['localhost']);
  assert.is(own.hosts.get('localhost')?.vars[0]?.vars.get('ansible_connection'), 'local');
  assert.equal(selectHosts(own, 'all').hosts, ['web1']);
  assert.equal(selectHosts(own, '*').hosts, ['web1']);
  assert.equal(selectHosts(own, '!web1').hosts, []);
});

const RANGES: [text: string, names: string[]][] = [
  ['a', ['a']],
  ['a[1:3]', ['a1', 'a2', 'a3']],
  ['a[01:10:4]b', ['a01b', 'a05b', 'a09b']],
  ['[a:c]', ['a', 'b', 'c']],
  ['[a:g:3]', ['a', 'd', 'g']],
  ['x[1:2]-[a:b]', ['x1-a', 'x1-b', 'x2-a', 'x2-b']],
  ['x[:2]', ['x0', 'x1', 'x2']],
  ['x[8:11]', ['x8', 'x9', 'x10', 'x11']],
];

for (const [text, names] of RANGES)
  test(`range ${text}`, () => {
    assert.equal(expandRange(text), names);
  });

for (const text of ['a[1:]', 'a[3:1]', 'a[01:100]', 'a[a:1]', 'a[1:3:0]', 'a[1:2:3:4]'])
  test(`range ${text} is refused`, () => {
    assert.throws(() => expandRange(text), /cannot be expanded/);
  });

test('a range of numbers has as many names as it says', () => {
  fc.assert(
    fc.property(fc.nat(99), fc.nat(50), fc.integer({ min: 1, max: 9 }), (from, length, step) => {
      const names = expandRange(`n[${from}:${from + length}:${step}]`);
      assert.is(names.length, Math.floor(length / step) + 1);
      assert.is(new Set(names).size, names.length);
    }),
  );
});

test('ports', () => {
  assert.equal(splitPort('a:22'), { name: 'a', port: 22 });
  assert.equal(splitPort('2001:db8::1'), { name: '2001:db8::1' });
  assert.equal(splitPort('[2001:db8::1]:22'), { name: '2001:db8::1', port: 22 });
  assert.equal(expandHosts('a[1:2]:22'), { names: ['a1', 'a2'], port: 22 });
});

test.run();
