import * as assert from 'uvu/assert';
import { type Lab, labLink, labPowerOff, labStart } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { address, databases, PACKAGES, SECRET, sql } from './shape.js';

const MEMBERS = ['db1', 'db2', 'db3'];
const BALANCERS = ['lb1', 'lb2'];
/** Seconds that a client may wait for its next acknowledged row. */
const LONGEST = 45;
const PYTHON = ['psycopg2', 'yaml', 'dateutil', 'prettytable', 'click', 'psutil', 'urllib3'];

function shapeOf(lab: Lab): Shape {
  const virtual = lab.nodes[0]!.address.replace(/\d+$/, '100');
  const { groups, vars } = databases(MEMBERS, {
    postgres_topology: 'cluster',
    postgres_synchronous: true,
    postgres_tls_addresses: [virtual],
    postgres_patroni_password: `${SECRET} 4`,
    pgbouncer_password: `${SECRET} 5`,
    keepalived_address: `${virtual}/24`,
    keepalived_password: 'moves',
  });
  return { groups: { ...groups, etcd: MEMBERS, pgbouncer: MEMBERS, haproxy: BALANCERS }, vars };
}

async function run(lab: Lab, ...args: readonly string[]): Promise<void> {
  const ran = await provision(inventoryOf(lab, shapeOf(lab)), ...args);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
}

function tier(lab: Lab): string[] {
  const roles = (group: string, ...names: string[]) =>
    rolesPlay(
      lab,
      names.map((role) => ({ role })),
      group,
    );
  return [
    roles('etcd', 'etcd'),
    roles('postgres', 'postgres', 'pgbouncer'),
    roles('haproxy', 'haproxy', 'keepalived'),
  ];
}

/** Asks again and again until the answer is as wished; fails after a limit, with the last answer. */
async function until<T>(ask: () => Promise<T>, wished: (answer: T) => boolean, seconds = 90): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (wished(answer)) return answer;
    assert.ok(Date.now() < end, `after ${seconds} s it is ${JSON.stringify(answer)}`);
  }
}

type Member = { readonly Member: string; readonly Role: string; readonly State: string };

/** The members as Patroni knows them on one of these nodes; none when it does not answer. */
async function membersOn(lab: Lab, node: string): Promise<Member[]> {
  const line = 'timeout 20 patronictl -c /etc/patroni/config.yml list --format json';
  const { rc, stdout } = await tryOnNode(lab, node, line);
  return rc === 0 ? (JSON.parse(stdout) as Member[]) : [];
}

const named = (all: readonly Member[], role: string): string =>
  all.find(({ Role }) => Role === role)?.Member ?? '';
/** A cluster in which any member may be lost: all run, and commits wait for one of them. */
const safe = (all: readonly Member[]): boolean =>
  all.length === MEMBERS.length &&
  all.every(({ State }) => ['running', 'streaming'].includes(State)) &&
  named(all, 'Leader') !== '' &&
  named(all, 'Sync Standby') !== '';

/** The balancer that has the virtual address. */
async function holder(lab: Lab, among: readonly string[]): Promise<string> {
  const line = `ip -brief address show | grep -qF ' ${address(shapeOf(lab))}/'`;
  const found = async (): Promise<string> => {
    for (const name of among) if ((await tryOnNode(lab, name, line)).rc === 0) return name;
    return '';
  };
  return until(found, (name) => name !== '');
}

/** Starts a client that writes a row every 50 ms through the virtual address, each until it is acknowledged. */
async function startWriting(lab: Lab, client: string): Promise<void> {
  const to = `host=${address(shapeOf(lab))} port=5000 dbname=ffe user=ffe_user sslmode=verify-full`;
  const ask = `timeout 5 psql -XAtqw '${to} sslrootcert=/root/ca.crt connect_timeout=2'`;
  const loop = `export PGPASSWORD='${SECRET}'; n=0; while [ ! -e /run/stop ]; do n=$((n+1))
    until ${ask} -c "INSERT INTO rows VALUES ($n, repeat('x', 2000))"; do [ -e /run/stop ] && exit; sleep 0.2; done
    echo "$n $(date +%s.%N)" >>/run/acknowledged; sleep 0.05; done`;
  const authority = await onNode(lab, 'db1', 'cat /etc/ffe-tls-postgres/ca.crt');
  await onNode(lab, client, 'cat >/root/ca.crt', authority);
  await onNode(lab, client, 'cat >/run/write.sh; touch /run/acknowledged', loop);
  await onNode(lab, client, 'systemd-run --quiet --unit=writer bash /run/write.sh');
}

/** Waits for further acknowledged rows. */
async function moreWritten(lab: Lab, client: string): Promise<void> {
  const count = async () => Number(await onNode(lab, client, 'wc -l </run/acknowledged'));
  const before = await count();
  await until(count, (now) => now > before + 5, LONGEST * 2);
}

/** Ends the client. Gives the acknowledged rows, and the longest time between two of them in seconds. */
async function stopWriting(lab: Lab, client: string): Promise<{ rows: number[]; longest: number }> {
  await onNode(lab, client, 'touch /run/stop; while systemctl -q is-active writer; do sleep 0.2; done');
  const lines = (await onNode(lab, client, 'cat /run/acknowledged')).trim().split('\n');
  const pairs = lines.map((line) => line.split(' ').map(Number) as [number, number]);
  const gaps = pairs.slice(1).map(([, at], i) => at - pairs[i]![1]);
  return { rows: pairs.map(([n]) => n), longest: Math.max(...gaps) };
}

/** What befalls the member that leads, and how it ends; the rest is left to the roles. */
type Fault = {
  readonly what: string;
  readonly moves: boolean;
  readonly begin: (lab: Lab, node: string) => Promise<unknown>;
  readonly end: (lab: Lab, node: string) => Promise<unknown>;
};

const FILL =
  'cd /var/lib/postgresql && mountpoint -q . && [ "$(stat -f -c %T .)" = tmpfs ] && head -c 700M /dev/zero >fill || [ -s fill ]';
const FAULTS: readonly Fault[] = [
  {
    what: 'the primary is cut off the network',
    moves: true,
    begin: (lab, node) => labLink(lab, node, 'down'),
    end: (lab, node) => labLink(lab, node, 'up'),
  },
  {
    what: "the primary's disk is full",
    moves: true,
    begin: (lab, node) => onNode(lab, node, FILL),
    end: (lab, node) => onNode(lab, node, 'rm /var/lib/postgresql/fill'),
  },
  {
    what: 'etcd stops beside the primary',
    moves: false,
    begin: (lab, node) => onNode(lab, node, 'systemctl stop etcd'),
    end: (lab, node) => onNode(lab, node, 'systemctl start etcd'),
  },
];

const test = fleetSuite('a cluster with a client that writes', {
  nodes: [...MEMBERS, ...BALANCERS],
  image: { include: [...PACKAGES, ...PYTHON.map((name) => `python3-${name}`), 'postgresql-client'] },
});
const state = { client: '', active: '' };

test('five nodes become a cluster behind a virtual address', async ({ lab }) => {
  // A disk of its own for each: that of the machine is not to be filled.
  const disk = 'mkdir /var/lib/postgresql && mount -t tmpfs -o size=600m,mode=755 disk /var/lib/postgresql';
  for (const node of MEMBERS) await onNode(lab, node, disk);
  await run(lab, ...tier(lab));
  state.active = await holder(lab, BALANCERS);
  state.client = BALANCERS.find((name) => name !== state.active)!;
  await until(() => membersOn(lab, 'db1'), safe);
  const table = 'CREATE TABLE rows (n int, filler text); ALTER TABLE rows OWNER TO ffe_user';
  await onNode(lab, 'db1', sql(table));
});

test('a client writes through the virtual address', async ({ lab }) => {
  await startWriting(lab, state.client);
  await moreWritten(lab, state.client);
});

for (const { what, moves, begin, end } of FAULTS) {
  test(`${what}, and rows are written again; the member comes back by itself`, async ({ lab }) => {
    const before = await until(() => membersOn(lab, 'db1'), safe);
    const node = named(before, 'Leader');
    const other = MEMBERS.find((name) => name !== node)!;
    await begin(lab, node);
    const leads = (all: readonly Member[]) => !['', ...(moves ? [node] : [])].includes(named(all, 'Leader'));
    await until(() => membersOn(lab, other), leads);
    await moreWritten(lab, state.client);
    await end(lab, node);
    await until(() => membersOn(lab, other), safe);
  });
}

test('the active balancer loses power: the other one has the address, and no acknowledged row was lost', async ({
  lab,
}) => {
  const { active, client } = state;
  await labPowerOff(lab, active);
  assert.is(await holder(lab, [client]), client);
  await moreWritten(lab, client);
  const { rows, longest } = await stopWriting(lab, client);
  await labStart(lab, active);
  const leader = named(await until(() => membersOn(lab, 'db1'), safe), 'Leader');
  const there = new Set(
    (await onNode(lab, leader, sql('SELECT n FROM rows'))).trim().split('\n').map(Number),
  );
  assert.equal(
    rows.filter((n) => !there.has(n)),
    [],
  );
  console.log(`${rows.length} rows were acknowledged, the longest wait was ${longest.toFixed(1)} s`);
  assert.ok(rows.length > 50 && longest < LONGEST, `${rows.length} rows, ${longest} s without one`);
});

test.run();
