import * as assert from 'uvu/assert';
import { type Lab, labPowerOff, labReset, labStart } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { changesNothing } from '../roles/laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { databases, PACKAGES, SECRET, sql } from './shape.js';

const MEMBERS = ['db1', 'db2', 'db3'];
/** Where the client writes from: it stays up whatever happens to the members. */
const CLIENT = 'app1';
/** Seconds that a client may be without a primary. */
const LONGEST = 45;
// What Patroni, which is written in Python, brings with it.
const PYTHON = [
  'python3-psycopg2',
  'python3-yaml',
  'python3-dateutil',
  'python3-prettytable',
  'python3-click',
];
const IMAGE = [...PACKAGES, ...PYTHON, 'python3-psutil', 'python3-urllib3', 'postgresql-client'];

function shapeOf(topology: 'replica' | 'cluster', vars: Record<string, unknown> = {}): Shape {
  const shape = databases(MEMBERS, {
    postgres_topology: topology,
    postgres_synchronous: true,
    postgres_patroni_password: `${SECRET} 5`,
    ...vars,
  });
  return { groups: { ...shape.groups, etcd: MEMBERS, app: [CLIENT] }, vars: shape.vars };
}

async function run(lab: Lab, shape: Shape, ...args: readonly string[]): Promise<void> {
  const ran = await provision(inventoryOf(lab, shape), ...args);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
}

const tier = (lab: Lab): string[] => [
  rolesPlay(lab, [{ role: 'etcd' }], 'etcd'),
  rolesPlay(lab, [{ role: 'postgres' }], 'postgres'),
];

type Member = { readonly Member: string; readonly Role: string; readonly State: string };

/** The members as Patroni knows them on a node, once that is as wished; fails after a minute and a half. */
async function members(
  lab: Lab,
  node: string,
  wished: (all: readonly Member[]) => boolean,
): Promise<Member[]> {
  const end = Date.now() + 90_000;
  for (;;) {
    const text = await onNode(
      lab,
      node,
      'patronictl -c /etc/patroni/config.yml list --format json || echo []',
    );
    const all = JSON.parse(text) as Member[];
    if (wished(all)) return all;
    assert.ok(Date.now() < end, `the members are ${text}`);
  }
}

const healthy = (all: readonly Member[]): boolean =>
  all.length === MEMBERS.length && all.every(({ State }) => ['running', 'streaming'].includes(State));
const named = (all: readonly Member[], role: string): string =>
  all.find(({ Role }) => Role === role)?.Member ?? '';

/** Starts a client that writes a row every 50 ms, each again and again until it is acknowledged. */
async function startWriting(lab: Lab): Promise<void> {
  const hosts = lab.nodes.filter(({ name }) => MEMBERS.includes(name)).map(({ address }) => address);
  const to = `host=${hosts.join()} dbname=ffe user=ffe_user sslmode=verify-full sslrootcert=/root/ca.crt`;
  const ask = `psql -XAtqw '${to} target_session_attrs=read-write connect_timeout=2'`;
  const loop = `export PGPASSWORD='${SECRET}'; n=0; while [ ! -e /run/stop ]; do n=$((n+1))
    until timeout 5 ${ask} -c "INSERT INTO rows VALUES ($n)"; do [ -e /run/stop ] && exit; sleep 0.2; done
    echo "$n $(date +%s.%N)" >>/run/acknowledged; sleep 0.05; done`;
  await onNode(
    lab,
    CLIENT,
    'cat >/root/ca.crt',
    await onNode(lab, 'db1', 'cat /etc/ffe-tls-postgres/ca.crt'),
  );
  await onNode(lab, CLIENT, 'cat >/run/write.sh', loop);
  await onNode(lab, CLIENT, 'systemd-run --quiet --unit=writer bash /run/write.sh');
}

async function moreWritten(lab: Lab): Promise<void> {
  const more =
    'n=$(wc -l </run/acknowledged); until [ $(wc -l </run/acknowledged) -gt $((n+5)) ]; do sleep 0.2; done';
  await onNode(lab, CLIENT, `touch /run/acknowledged; timeout ${LONGEST * 2} bash -c '${more}'`);
}

type Written = { readonly rows: number[]; readonly longest: number };

async function stopWriting(lab: Lab): Promise<Written> {
  await onNode(lab, CLIENT, 'touch /run/stop; while systemctl -q is-active writer; do sleep 0.2; done');
  const lines = (await onNode(lab, CLIENT, 'cat /run/acknowledged')).trim().split('\n');
  const pairs = lines.map((line) => line.split(' ').map(Number) as [number, number]);
  const gaps = pairs.slice(1).map(([, at], i) => at - pairs[i]![1]);
  return { rows: pairs.map(([n]) => n), longest: Math.max(...gaps) };
}

/** The rows of a member, once it has the last one; or those that it has after a minute. A replica may be behind. */
async function rowsOn(lab: Lab, node: string, last: number): Promise<Set<number>> {
  const end = Date.now() + 60_000;
  for (;;) {
    const text = await onNode(lab, node, sql('SELECT n FROM rows'));
    const rows = new Set(text.trim().split('\n').map(Number));
    if (rows.has(last) || Date.now() > end) return rows;
  }
}

const test = fleetSuite('PostgreSQL under Patroni', {
  nodes: [...MEMBERS, CLIENT],
  image: { include: IMAGE },
});

test('replicas become a cluster, keep their rows, and stay as they are', async ({ lab }) => {
  await run(lab, shapeOf('replica'), tier(lab)[1]!);
  await onNode(
    lab,
    'db1',
    sql('CREATE TABLE rows (n int); ALTER TABLE rows OWNER TO ffe_user; INSERT INTO rows VALUES (0)'),
  );
  await run(lab, shapeOf('cluster'), ...tier(lab));
  // Patroni names the synchronous standby one round after all members stream.
  const all = await members(lab, 'db2', (each) => healthy(each) && named(each, 'Sync Standby') !== '');
  assert.is(named(all, 'Leader'), 'db1');
  assert.is(await onNode(lab, 'db3', sql('SELECT count(*) FROM rows')), '1\n');
  for (const play of tier(lab)) await changesNothing(inventoryOf(lab, shapeOf('cluster')), play);
});

test('the primary moves, restarts and loses power while a client writes: no acknowledged row is lost', async ({
  lab,
}) => {
  await startWriting(lab);
  await moreWritten(lab);
  const heir = named(await members(lab, 'db1', (all) => named(all, 'Sync Standby') !== ''), 'Sync Standby');
  await run(lab, shapeOf('cluster'), 'playbooks/switchover.yml', '-e', `node=${heir}`);
  await moreWritten(lab);
  // A parameter that was asked for once, and is no more.
  const was = 'patronictl -c /etc/patroni/config.yml edit-config --force --quiet --pg max_worker_processes=9';
  await onNode(lab, heir, `${was} >/dev/null`);
  const more = shapeOf('cluster', { postgres_max_connections: 110 });
  await run(lab, more, tier(lab)[1]!);
  const kept = await onNode(lab, heir, 'patronictl -c /etc/patroni/config.yml show-config');
  assert.not.match(kept, /max_worker_processes/);
  for (const node of MEMBERS) assert.is(await onNode(lab, node, sql('SHOW max_connections')), '110\n');
  // Without a standby that has every commit, Patroni would wait for this primary to come back.
  const safe = (all: readonly Member[]) => healthy(all) && named(all, 'Sync Standby') !== '';
  assert.is(named(await members(lab, heir, safe), 'Leader'), heir);
  await moreWritten(lab);
  await labPowerOff(lab, heir);
  await moreWritten(lab);
  await labStart(lab, heir);
  await members(lab, heir, healthy);
  const { rows, longest } = await stopWriting(lab);
  const there = await rowsOn(lab, heir, rows.at(-1)!);
  assert.equal(
    rows.filter((n) => !there.has(n)),
    [],
  );
  assert.ok(rows.length > 20 && longest < LONGEST, `${rows.length} rows, ${longest} s without a primary`);
});

test('nothing is moved in a cluster that is not healthy', async ({ lab }) => {
  const all = await members(lab, 'db1', (list) => healthy(list) && named(list, 'Sync Standby') !== '');
  const [heir, lost] = [named(all, 'Sync Standby'), named(all, 'Replica')];
  await onNode(lab, lost, 'systemctl stop patroni');
  const well = /the cluster is not healthy: the members should be db1, db2, db3/;
  const refused: readonly [string, string, RegExp][] = [
    ['switchover', heir, well],
    ['remove-node', heir, well],
    ['upgrade-postgres', heir, well],
    ['failover', heir, /is for a cluster without a leader/],
    ['add-replica', named(all, 'Leader'), /and another one the leader/],
  ];
  for (const [name, node, why] of refused) {
    const play = [`playbooks/${name}.yml`, '-e', `node=${node}`];
    const ran = await provision(inventoryOf(lab, shapeOf('cluster')), ...play);
    assert.is(ran.code, 2, name);
    assert.match(failuresOf(ran), why);
    // failover.yml first groups the nodes that answer.
    assert.equal(
      changedIn(ran).filter((one) => !one.endsWith('Those that answered')),
      [],
    );
  }
  await onNode(lab, lost, 'systemctl start patroni');
  await members(lab, heir, (list) => healthy(list) && named(list, 'Sync Standby') !== '');
});

test('a replica is taken out, and taken in again with all rows', async ({ lab }) => {
  const all = await members(lab, 'db1', (list) => healthy(list) && named(list, 'Sync Standby') !== '');
  const [leader, replica] = [named(all, 'Leader'), named(all, 'Replica')];
  await run(lab, shapeOf('cluster'), 'playbooks/remove-node.yml', '-e', `node=${replica}`);
  const gone = (list: readonly Member[]) => !list.some(({ Member }) => Member === replica);
  await members(lab, leader, gone);
  await onNode(lab, leader, sql('INSERT INTO rows VALUES (-1)'));
  await run(lab, shapeOf('cluster'), 'playbooks/add-replica.yml', '-e', `node=${replica}`);
  await members(lab, leader, healthy);
  const has = `for i in $(seq 100); do [ "$(${sql('SELECT count(*) FROM rows WHERE n = -1')}\n)" = 1 ] && exit; sleep 0.2; done; exit 1`;
  await onNode(lab, replica, has);
  await run(lab, shapeOf('cluster'), 'playbooks/upgrade-postgres.yml');
});

test('a node that lost everything is built again, once the rest is well', async ({ lab }) => {
  const shape = shapeOf('cluster', { common_unattended_upgrades: false, firewall_ssh_rate: '300/minute' });
  const inventory = inventoryOf(lab, shape);
  const all = await members(lab, 'db3', (list) => healthy(list) && named(list, 'Sync Standby') !== '');
  // Not the one that keeps the authority's key.
  const lost = MEMBERS.find((name) => name !== 'db1' && name !== named(all, 'Leader'))!;
  const rest = MEMBERS.filter((name) => name !== lost);
  const before = await onNode(lab, rest[0]!, sql('SELECT count(*) FROM rows'));
  await labReset(lab, lost);
  await onNode(lab, rest[1]!, 'systemctl stop etcd patroni');
  const refused = await provision(inventory, 'playbooks/rebuild.yml', '--limit', lost);
  assert.is(refused.code, 2);
  assert.equal(changedIn(refused), []);
  await onNode(lab, rest[1]!, 'systemctl start etcd patroni');
  await run(lab, shape, 'playbooks/rebuild.yml', '--limit', lost);
  await members(lab, lost, healthy);
  assert.is(await onNode(lab, lost, sql('SELECT count(*) FROM rows')), before);
});

test.run();
