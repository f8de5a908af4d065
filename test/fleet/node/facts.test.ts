import * as assert from 'uvu/assert';
import type { FactsAnswer, FactsQuery } from '../../../lib/node/queries/query.js';
import { read } from '../../../lib/node/queries/query.js';
import type { JsonObject } from '../../../lib/values/json.js';
import { fleetSuite, onNode } from '../fleet.js';
import { onLab } from './nodes.js';

const test = fleetSuite('node: facts', { nodes: 1 });

const query = (subset: string[], timeout = 10): FactsQuery => ({
  kind: 'facts',
  subset,
  factPath: '/etc/ansible/facts.d',
  timeout,
});

test('facts of a booted node', async ({ lab }) => {
  const address = lab.nodes.find((n) => n.name === 'n1')!.address;
  const facts = await onLab(
    lab,
    async (node) => ((await node.ask([query(['all']), read(['true'])]))[0] as FactsAnswer).facts,
  );
  assert.equal(
    [facts.hostname, facts.os_family, facts.system, facts.pkg_mgr, facts.service_mgr],
    ['n1', 'Debian', 'Linux', 'apt', 'systemd'],
  );
  assert.equal(
    [facts.user_id, facts.user_uid, facts.is_chroot, facts.virtualization_role],
    ['root', 0, false, 'guest'],
  );
  assert.ok((facts.all_ipv4_addresses as string[]).includes(address));
  assert.ok(
    Number(facts.memtotal_mb) > 100 && Number(facts.processor_vcpus) > 0 && Number(facts.uptime_seconds) > 0,
  );
  assert.is((facts.env as JsonObject).HOME, '/root');
  assert.is((facts.default_ipv4 as JsonObject).address, address);
});

test('a file system that hangs costs the time limit and no more, and has a note', async ({ lab }) => {
  // A FUSE mount whose server never answers: whoever asks for its size waits for ever.
  const mount = `exec 3<>/dev/fuse && mkdir -p /mnt/hang && mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 /dev/hang /mnt/hang && exec sleep 600`;
  await onNode(
    lab,
    'n1',
    `systemd-run --quiet --unit=hang bash -c '${mount}'; for i in $(seq 50); do grep -q /mnt/hang /proc/mounts && break; sleep 0.1; done; grep -c /mnt/hang /proc/mounts`,
  );
  try {
    await onLab(lab, async (node) => {
      const [answer, after] = await node.ask([query(['!all', '!min', 'hardware'], 1), read(['echo', 'ok'])]);
      const mounts = (answer as FactsAnswer).facts.mounts as JsonObject[];
      const hanging = mounts.find((m) => m.mount === '/mnt/hang')!;
      assert.match(String(hanging.note), /timeout/);
      assert.ok(mounts.filter((m) => m.mount !== '/mnt/hang').every((m) => m.size_total !== undefined));
      assert.is(after?.kind === 'read' && String(after.stdout), 'ok\n');
    });
  } finally {
    await onNode(lab, 'n1', 'systemctl kill -s KILL hang; umount -l /mnt/hang || :');
  }
});

test('local facts of programs', async ({ lab }) => {
  const script = '#!/bin/sh\necho "{\\"n\\": $(id -u)}"\n';
  const put = 'mkdir -p /etc/ansible/facts.d; cd /etc/ansible/facts.d; cat >me.fact; chmod +x me.fact';
  await onNode(lab, 'n1', put, script);
  const facts = await onLab(
    lab,
    async (node) => ((await node.ask([query(['!all'])]))[0] as FactsAnswer).facts,
  );
  assert.equal(facts.local, { me: { n: 0 } });
});

// As Python's getfqdn tells it.
const NAMES: Readonly<Record<string, string>> = {
  '127.0.1.1 n1.example.org n1': 'n1.example.org',
  '127.0.0.1 localhost\n127.0.1.1\tn1\tn1.example.org # n1.wrong.org': 'n1.example.org',
  '#127.0.1.1 n1.wrong.org n1\n\n10.9.8.7 n1.example.org n1 # n1.wrong.org': 'n1.example.org',
  '10.9.8.7 other.example.org\n10.9.8.7 n1': 'other.example.org',
  '127.0.1.1 n1 # n1.wrong.org\n127.0.0.1 n1.later.org n1': 'n1',
  '::1 n1.six.org n1': 'n1.six.org',
  '127.0.0.1 localhost n10 xn1': 'n1',
};

test('the full name, as /etc/hosts has it', async ({ lab }) => {
  const fqdn = await onLab(lab, async (node) => {
    const names: Record<string, unknown> = {};
    for (const hosts of Object.keys(NAMES)) {
      await onNode(lab, 'n1', 'cat > /etc/hosts', `${hosts}\n`);
      node.forget();
      const [answer] = await node.ask([query(['!all', '!min', 'platform'])]);
      names[hosts] = (answer as FactsAnswer).facts.fqdn;
    }
    return names;
  });
  assert.equal(fqdn, NAMES);
});

test.run();
