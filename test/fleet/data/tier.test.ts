import * as assert from 'uvu/assert';
import { type Lab, labLink, labPowerOff, labReboot, labStart } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { address, databases, healthOf, PACKAGES, SECRET, sql, through } from './shape.js';

const DATABASES = ['db1', 'db2'];
const BALANCERS = ['lb1', 'lb2'];
const VIRTUAL = 100;
// The node that stays up in all that happens to the others while a client writes.
const CLIENT = 'db1';

function shapeOf(lab: Lab): Shape {
  const virtual = lab.nodes[0]!.address.replace(/\d+$/, String(VIRTUAL));
  const { groups, vars } = databases(DATABASES, {
    postgres_topology: 'replica',
    postgres_tls_addresses: [virtual],
    pgbouncer_password: `${SECRET} 4`,
    keepalived_address: `${virtual}/24`,
    keepalived_password: 'moves',
  });
  return { groups: { ...groups, pgbouncer: DATABASES, haproxy: BALANCERS }, vars };
}

function tier(lab: Lab): string[] {
  const roles = (group: string, ...names: string[]) =>
    rolesPlay(
      lab,
      names.map((role) => ({ role })),
      group,
    );
  return [
    roles('postgres', 'postgres'),
    roles('pgbouncer', 'pgbouncer'),
    roles('haproxy', 'haproxy', 'keepalived'),
  ];
}

async function run(lab: Lab, ...args: readonly string[]): Promise<string[]> {
  const [first, ...more] = args;
  const ran = await provision(inventoryOf(lab, shapeOf(lab)), first!, ...more);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
  return changedIn(ran);
}

/** The balancer that has the virtual address; waits until one has it. */
async function holder(lab: Lab, among = BALANCERS): Promise<string> {
  const virtual = address(shapeOf(lab));
  const end = Date.now() + 60_000;
  for (;;) {
    for (const name of among)
      if ((await tryOnNode(lab, name, `ip -brief address show | grep -F ' ${virtual}/'`)).rc === 0)
        return name;
    assert.ok(Date.now() < end, `one of ${among.join(' and ')} has ${virtual}`);
  }
}

/** Starts a client that writes rows until told to stop, again and again until each is acknowledged. */
async function startWriting(lab: Lab): Promise<void> {
  const line = through(shapeOf(lab), 5000, 'INSERT INTO rows VALUES ($n)').replace('$n', `'"$n"'`);
  const loop = `n=0; while [ ! -e /run/stop ]; do n=$((n+1)); until ${line}; do [ -e /run/stop ] && exit; sleep 0.2; done
    echo $n >>/run/acknowledged; sleep 0.1; done`;
  await onNode(lab, CLIENT, 'cat >/run/write.sh', loop);
  await onNode(
    lab,
    CLIENT,
    'rm -f /run/stop /run/acknowledged; systemd-run --quiet --unit=writer bash /run/write.sh',
  );
}

async function stopWriting(lab: Lab): Promise<number[]> {
  await onNode(lab, CLIENT, 'touch /run/stop; while systemctl -q is-active writer; do sleep 0.2; done');
  return (await onNode(lab, CLIENT, 'cat /run/acknowledged')).trim().split('\n').map(Number);
}

async function lostOf(lab: Lab, node: string, acknowledged: readonly number[]): Promise<number[]> {
  const there = new Set((await onNode(lab, node, sql('SELECT n FROM rows'))).trim().split('\n').map(Number));
  return acknowledged.filter((n) => !there.has(n));
}

const test = fleetSuite('the data tier', {
  nodes: [...DATABASES, ...BALANCERS],
  image: { include: PACKAGES },
});

test('a client writes and reads through the virtual address, over TLS', async ({ lab }) => {
  await run(lab, ...tier(lab));
  await holder(lab);
  const ask = async (port: number, text: string, more = {}) =>
    tryOnNode(lab, CLIENT, through(shapeOf(lab), port, text, more));
  assert.is((await ask(5000, 'CREATE TABLE rows (n int)')).stderr, '');
  const [primary, replica] = lab.nodes.map((one) => one.address);
  const who = 'SELECT host(inet_server_addr()), ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
  assert.is((await ask(5000, who)).stdout, `${primary}|t\n`);
  assert.is((await ask(5001, who)).stdout, `${replica}|t\n`);
  assert.match((await ask(5000, 'SELECT 1', { password: 'wrong' })).stderr, /authentication failed/);
  assert.match((await ask(5000, 'SELECT 1', { user: 'postgres' })).stderr, /no such user|authentication/);
  assert.match((await ask(5000, 'SELECT 1', { mode: 'disable' })).stderr, /SSL required/);
});

test('a second run changes nothing', async ({ lab }) => {
  assert.equal(await run(lab, ...tier(lab)), []);
});

test('pools that do not fit are refused before anything changes', async ({ lab }) => {
  const { groups, vars } = shapeOf(lab);
  const ran = await provision(
    inventoryOf(lab, { groups, vars: { ...vars, pgbouncer_pool: 95 } }),
    rolesPlay(lab, [{ role: 'pgbouncer' }], 'pgbouncer'),
  );
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /1 databases with 95 \+ 5 connections are 100/);
  assert.equal(changedIn(ran), []);
});

test('the primary moves and a balancer dies while a client writes: no acknowledged row is lost', async ({
  lab,
}) => {
  const active = await holder(lab);
  const other = BALANCERS.find((name) => name !== active)!;
  await startWriting(lab);
  await run(lab, 'playbooks/switchover.yml', '-e', 'node=db2');
  await labPowerOff(lab, active);
  assert.is(await holder(lab, [other]), other);
  await onNode(
    lab,
    CLIENT,
    'n=$(wc -l </run/acknowledged); until [ $(wc -l </run/acknowledged) -gt $((n+5)) ]; do sleep 0.2; done',
  );
  const acknowledged = await stopWriting(lab);
  assert.ok(acknowledged.length > 10, `${acknowledged.length} rows`);
  assert.equal(await lostOf(lab, 'db2', acknowledged), []);
  await labStart(lab, active);
});

test('a switchover that cannot go well is not begun', async ({ lab }) => {
  for (const node of ['db2', 'lb1']) {
    const ran = await provision(
      inventoryOf(lab, shapeOf(lab)),
      'playbooks/switchover.yml',
      '-e',
      `node=${node}`,
    );
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), /needs a primary and replicas that all answer/);
  }
  const ran = await provision(inventoryOf(lab, shapeOf(lab)), 'playbooks/failover.yml');
  assert.match(failuresOf(ran), /switchover.yml moves it/);
});

test('a lost primary is replaced, is no primary when it comes back, and follows again', async ({ lab }) => {
  const rows = sql('SELECT count(*) FROM rows');
  const before = await onNode(lab, 'db2', rows);
  await labLink(lab, 'db2', 'down');
  await run(lab, 'playbooks/failover.yml');
  assert.is(await onNode(lab, 'db1', rows), before);
  await onNode(lab, 'db1', sql('INSERT INTO rows VALUES (-1)'));
  await labLink(lab, 'db2', 'up');
  await onNode(lab, 'db2', sql('INSERT INTO rows VALUES (-2)'));
  const [db1, db2] = lab.nodes.map((one) => one.address);
  assert.match(await onNode(lab, 'db1', healthOf(db1!, 'primary')), / 200 /);
  assert.match(await onNode(lab, 'db1', healthOf(db2!, 'primary')), / 503 /);
  await labReboot(lab, 'db2');
  const log =
    'until systemctl is-failed -q postgresql@*; do sleep 0.5; done; journalctl -b -u "postgresql@*"';
  assert.match(
    await onNode(lab, 'db2', log),
    /another node is primary 00000003: .* add-replica.yml -e node=db2/,
  );
  await run(lab, 'playbooks/add-replica.yml', '-e', 'node=db2');
  assert.is(
    await onNode(
      lab,
      'db2',
      sql(
        'SELECT pg_is_in_recovery(), count(*) FILTER (WHERE n = -1), count(*) FILTER (WHERE n = -2) FROM rows',
      ),
    ),
    't|1|0\n',
  );
});

test.run();
