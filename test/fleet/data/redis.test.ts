import * as assert from 'uvu/assert';
import { type Lab, labPowerOff, labStart } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { SECRET } from './shape.js';

const NODES = ['kv1', 'kv2', 'kv3'];
const SECRETS = {
  client: 'correct-horse-client',
  admin: 'correct-horse-admin',
  reader: 'correct-horse-reader',
};
const ROLE = [{ role: 'redis' }];
const DEPENDENCIES = ['openssl', 'liblua5.1-0', 'liblzf1', 'libjemalloc2', 'lua-cjson', 'lua-bitop'];

function cache(vars: Record<string, unknown> = {}): Shape {
  return {
    groups: { redis: NODES, ca: ['kv1'] },
    vars: {
      redis_password: SECRETS.client,
      redis_admin_password: SECRETS.admin,
      redis_users: [{ name: 'reader', password: SECRETS.reader, rules: '~report:* +@read' }],
      redis_down_after_ms: 2000,
      ...vars,
    },
  };
}

/** A line of sh: what Redis answers a client over TLS from another node, or why it does not. */
function ask(address: string, words: string, { user = 'default', password = SECRETS.client } = {}): string {
  const tls = '--tls --cacert /etc/ffe-tls-redis/ca.crt --no-auth-warning';
  return `REDISCLI_AUTH='${password}' redis-cli ${tls} --user ${user} -h ${address} ${words} 2>&1`;
}

const addressOf = (lab: Lab, name: string) => lab.nodes.find((node) => node.name === name)!.address;

/** The address that a node's sentinel names as the master's; waits until it is another one than `not`. */
async function masterBy(lab: Lab, node: string, not = ''): Promise<string> {
  const end = Date.now() + 60_000;
  for (;;) {
    const line = 'ffe-redis -s SENTINEL get-master-addr-by-name ffe | head -n 1';
    const said = (await onNode(lab, node, line)).trim();
    if (said !== not) return said;
    assert.ok(Date.now() < end, `${not} is replaced`);
  }
}

const test = fleetSuite('the role redis', { nodes: NODES, image: { include: DEPENDENCIES } });

test('does what --check foretold, and then nothing', async ({ lab }) => {
  const ran = await convergesAsForetold(inventoryOf(lab, cache()), rolesPlay(lab, ROLE));
  assert.not.match(ran.out + ran.err, /correct-horse/);
});

test('a master, two replicas, three sentinels; settings as wished', async ({ lab }) => {
  const address = addressOf(lab, 'kv1');
  assert.match(await onNode(lab, 'kv1', 'ffe-redis INFO replication'), /role:master\s+connected_slaves:2/);
  assert.match(await onNode(lab, 'kv2', 'ffe-redis -s SENTINEL CKQUORUM ffe'), /^OK 3 usable/);
  const settings = await onNode(
    lab,
    'kv3',
    'for name in maxmemory maxmemory-policy appendonly save; do ffe-redis CONFIG GET $name; done',
  );
  assert.is(
    settings,
    'maxmemory\n268435456\nmaxmemory-policy\nallkeys-lru\nappendonly\nyes\nsave\n3600 1 300 100 60 10000\n',
  );
  assert.is(await onNode(lab, 'kv2', ask(address, 'SET greeting hello')), 'OK\n');
  assert.is(await onNode(lab, 'kv1', 'ffe-redis WAIT 2 5000'), '2\n');
});

test('clients need TLS and a password, and may do only what they should', async ({ lab }) => {
  const address = addressOf(lab, 'kv1');
  const said = async (line: string) => (await tryOnNode(lab, 'kv2', line)).stdout;
  assert.match(await said(ask(address, 'PING', { password: SECRET })), /WRONGPASS/);
  assert.match(await said(ask(address, 'FLUSHALL')), /NOPERM/);
  assert.match(
    await said(ask(address, 'GET greeting', { user: 'reader', password: SECRETS.reader })),
    /NOPERM/,
  );
  assert.is(await said(ask(address, 'GET report:1', { user: 'reader', password: SECRETS.reader })), '\n');
  assert.match(await said(`timeout 3 redis-cli -h ${address} PING 2>&1`), /closed|reset|^$/i);
  assert.match(await said(ask(address, '-p 26379 PING', { password: SECRET })), /WRONGPASS/);
  assert.is(
    await said('stat -c "%a %U" /etc/redis /etc/redis/*.conf /etc/redis/users.acl | sort -u'),
    '2770 redis\n640 redis\n',
  );
});

test('what Redis refuses names the variable, and the server goes on', async ({ lab }) => {
  const read =
    'cat /etc/redis/ffe.conf /etc/redis/users.acl; systemctl show -P ActiveEnterTimestamp redis-server';
  const before = await onNode(lab, 'kv1', read);
  const cases = [
    [{ redis_parameters: { 'maxmemory-sample': 5 } }, /redis_parameters.*maxmemory-sample/s],
    [{ redis_rules: '+@nothing' }, /redis_rules.*Unknown command or category/s],
    [{ redis_password: 'short' }, /redis_password/],
    [{ redis_sentinels: ['kv1', 'kv2'] }, /three or five of them in redis_sentinels/],
    [{ redis_memory_policy: 'none' }, /redis_memory_policy/],
  ] as const;
  for (const [vars, why] of cases) {
    const ran = await provision(inventoryOf(lab, cache(vars)), rolesPlay(lab, ROLE));
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), why);
    assert.not.match(ran.out + ran.err, /correct-horse/);
    assert.is(await onNode(lab, 'kv1', read), before);
  }
});

test('passwords and settings change without another master', async ({ lab }) => {
  SECRETS.client = 'correct-horse-client-2';
  SECRETS.admin = 'correct-horse-admin-2';
  const changed = cache({ redis_memory_mb: 300, redis_failover_timeout_ms: 20_000 });
  const ran = await provision(inventoryOf(lab, changed), rolesPlay(lab, ROLE));
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(ran.out + ran.err, /correct-horse/);
  const address = addressOf(lab, 'kv1');
  assert.is(await masterBy(lab, 'kv3'), address);
  assert.is(await onNode(lab, 'kv2', ask(address, 'GET greeting')), 'hello\n');
  assert.match(await onNode(lab, 'kv2', ask(address, '-p 26379 PING')), /PONG/);
  assert.match(await onNode(lab, 'kv3', 'ffe-redis CONFIG GET maxmemory'), /314572800/);
  const again = await provision(inventoryOf(lab, changed), rolesPlay(lab, ROLE), '--check');
  assert.equal(changedIn(again), [], failuresOf(again));
});

test('a lost master is replaced, keeps what was acknowledged, and follows when it comes back', async ({
  lab,
}) => {
  const old = addressOf(lab, 'kv1');
  const shape = cache({ redis_memory_mb: 300, redis_failover_timeout_ms: 20_000 });
  await labPowerOff(lab, 'kv1');
  const next = await masterBy(lab, 'kv2', old);
  const write = ask(next, 'SET greeting "good day"');
  await onNode(lab, 'kv3', `for _ in $(seq 100); do [ "$(${write})" = OK ] && exit; sleep 0.2; done; exit 1`);
  await labStart(lab, 'kv1');
  const joined =
    'for _ in $(seq 300); do ffe-redis INFO | grep master_link_status:up && exit; sleep 0.2; done; exit 1';
  await onNode(lab, 'kv1', joined);
  assert.is(await onNode(lab, 'kv1', 'ffe-redis GET greeting'), 'good day\n');
  await changesNothing(inventoryOf(lab, shape), rolesPlay(lab, ROLE));
  assert.is(await masterBy(lab, 'kv1'), next);
});

test('absent removes it', async ({ lab }) => {
  const inventory = inventoryOf(lab, cache());
  const playbook = rolesPlay(lab, [{ role: 'redis', redis_state: 'absent' }]);
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  const left =
    'ls -d /etc/*redis* /var/lib/redis /usr/local/sbin/ffe* /etc/systemd/system/redis* 2>/dev/null; which redis-cli';
  assert.is((await tryOnNode(lab, 'kv1', left)).stdout, '');
  await changesNothing(inventory, playbook);
});

test.run();
