import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { ipv6Of, prefixOf } from '../../lib/lab/addresses.js';
import { namesOf } from '../../lib/lab/state.js';

type Case = { name: string; nodes: Record<string, string>; prefix?: string; error?: string };

for (const wanted of parse(readFileSync('test/lab/addresses.cases.yml', 'utf8')) as Case[]) {
  test(wanted.name, () => {
    const { name: _, nodes: hosts, prefix, error, ...unknown } = wanted;
    assert.equal(unknown, {});
    const nodes = Object.entries(hosts).map(([name, address]) => ({ name, address }));
    if (error === undefined) assert.is(prefixOf(nodes), prefix);
    else
      assert.throws(
        () => prefixOf(nodes),
        (found: Error) => found.message.includes(error),
      );
  });
}

test('two nodes of one name are refused', () => {
  const nodes = ['10.1.0.2', '10.1.0.3'].map((address) => ({ name: 'a', address }));
  assert.throws(() => prefixOf(nodes), /two nodes have the name a/);
});

const octet = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));

test('interface names fit into the 15 letters of the kernel, and differ when addresses differ', () => {
  fc.assert(
    fc.property(address, address, (a, b) => {
      const link = (node: string) =>
        namesOf({ prefix: node.split('.').slice(0, 3).join('.'), dir: '/d' }, { name: 'x', address: node })
          .link;
      assert.ok(link(a).length <= 15);
      assert.is(link(a) === link(b), a === b);
    }),
  );
});

test('IPv6 addresses are unique local ones, and differ when IPv4 addresses differ', () => {
  fc.assert(
    fc.property(address, address, (a, b) => {
      assert.match(ipv6Of(a), /^fd[0-9a-f]{2}:[0-9a-f]{4}::[0-9a-f]{2}$/);
      assert.is(ipv6Of(a) === ipv6Of(b), a === b);
    }),
  );
});

test.run();
