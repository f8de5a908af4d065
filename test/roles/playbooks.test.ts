import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../lib/cli/main.js';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const seen = { out: '', err: '' };
  const code = await main(args, {
    out: (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
    colour: false,
  });
  return { code, ...seen };
}

const playbooks = readdirSync('playbooks').filter((name) => name.endsWith('.yml'));

const valid = { prod: playbooks, lab: playbooks, single: ['site.yml', 'verify.yml'] };
for (const [inventory, of] of Object.entries(valid)) {
  for (const playbook of of) {
    test(`${playbook} is valid for inventory/${inventory}.yml`, async () => {
      const { code, err } = await run('-i', `inventory/${inventory}.yml`, playbook, '--syntax-check');
      assert.is(err, '');
      assert.is(code, 0);
    });
  }
}

test('site.yml gives each host of the example what it is for', async () => {
  const { out } = await run('-i', 'inventory/prod.yml', 'site.yml', '--list-hosts');
  const [every, web] = out.split(/play #2/);
  assert.match(every ?? '', /hosts \(8\)/);
  assert.match(web ?? '', /hosts \(2\):\s+web1\s+web2\s/);
});

test('single.yml puts every play of site.yml but clusters on its one server', async () => {
  const { out } = await run('-i', 'inventory/single.yml', 'site.yml', '--list-hosts');
  const idle = [...out.matchAll(/play #\d+ \((?<hosts>[^)]*)\)[^\n]*\n\s+pattern[^\n]*\n\s+hosts \(0\)/g)];
  assert.equal(
    idle.map((play) => play.groups?.hosts),
    ['etcd', 'shared_storage', 'haproxy'],
  );
});

test('harden.yml can be run for one node', async () => {
  const { out } = await run('-i', 'inventory/prod.yml', 'harden.yml', '--limit', 'db1', '--list-hosts');
  assert.match(out, /hosts \(1\):\s+db1\s/);
});

test.run();
