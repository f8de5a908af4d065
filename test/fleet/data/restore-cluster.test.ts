import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { changesNothing } from '../roles/laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { addRows, backedUp, backupPlay, IMAGE, momentOf, play, rowsOf } from './backup-tier.js';
import { SECRET, sql } from './shape.js';

const MEMBERS = ['db1', 'db2', 'db3'];
const PYTHON = ['psycopg2', 'yaml', 'dateutil', 'prettytable', 'click', 'psutil', 'urllib3'];

/** Three members of a cluster, and a node that keeps their backups. */
function shape(): Shape {
  const { groups, vars } = backedUp({
    postgres_topology: 'cluster',
    postgres_synchronous: true,
    postgres_patroni_password: `${SECRET} 6`,
    backup_paths: [],
  });
  return { groups: { ...groups, postgres: MEMBERS, etcd: MEMBERS }, vars };
}

const etcdPlay = (lab: Lab) => rolesPlay(lab, [{ role: 'etcd' }], 'etcd');
const postgresPlay = (lab: Lab) => rolesPlay(lab, [{ role: 'postgres' }], 'postgres');
const members = 'patronictl -c /etc/patroni/config.yml list --format json || echo []';

/** Waits until every member runs or streams, and gives the leader's name. */
async function whenWell(lab: Lab): Promise<string> {
  const end = Date.now() + 90_000;
  for (;;) {
    const text = await onNode(lab, 'db1', members);
    const all = JSON.parse(text) as { Member: string; Role: string; State: string }[];
    const well = all.filter(({ State }) => ['running', 'streaming'].includes(State));
    const leader = all.find(({ Role }) => Role === 'Leader')?.Member;
    if (well.length === MEMBERS.length && leader !== undefined) return leader;
    assert.ok(Date.now() < end, `the members are ${text}`);
  }
}

/** Every member has these rows, sooner or later. */
async function allHave(lab: Lab, rows: string): Promise<void> {
  const ask = sql('SELECT count(*), max(n) FROM rows');
  for (const name of MEMBERS)
    await onNode(
      lab,
      name,
      `for i in $(seq 150); do [ "$(${ask}\n)" = '${rows}' ] && exit; sleep 0.2; done; exit 1`,
    );
}

const test = fleetSuite('restoring a cluster', {
  nodes: [...MEMBERS, 'bk1'],
  image: { include: [...IMAGE.include, ...PYTHON.map((name) => `python3-${name}`)] },
});

test('a destroyed cluster comes back to a moment: the rows up to it are there, none after', async ({
  lab,
}) => {
  await play(lab, [etcdPlay(lab)], shape());
  await play(lab, [postgresPlay(lab)], shape());
  await onNode(lab, 'db1', sql('CREATE TABLE rows (n int)'));
  await addRows(lab, 1, 100);
  await play(lab, [backupPlay(lab)], shape());
  await addRows(lab, 101, 200);
  const target = await momentOf(lab, 'db1');
  await addRows(lab, 2001, 2100);
  await onNode(lab, 'db1', sql('SELECT pg_switch_wal()', 'postgres'));
  // WAL reaches the repository within a minute, and here at once.
  await onNode(lab, 'db1', 'sleep 2');
  for (const name of MEMBERS)
    await onNode(
      lab,
      name,
      'systemctl kill -s KILL patroni; pkill -9 -x postgres; rm -rf /var/lib/postgresql/*/main',
    );
  const moment = ['playbooks/restore.yml', '-e', JSON.stringify({ target })];
  await play(lab, moment, shape());
  await whenWell(lab);
  await allHave(lab, '200|200');
});

test('the restored cluster is one that the roles leave alone, and writes are archived', async ({ lab }) => {
  for (const one of [postgresPlay(lab), backupPlay(lab)])
    await changesNothing(inventoryOf(lab, shape()), one);
  await play(lab, ['playbooks/backup.yml', '-e', 'kind=full'], shape());
  await play(lab, ['playbooks/verify-backup.yml'], shape());
});

test('wherever the primary is, a cluster that runs goes back to all that was written', async ({ lab }) => {
  const heir = (await whenWell(lab)) === 'db2' ? 'db3' : 'db2';
  const leader = await whenWell(lab);
  await onNode(
    lab,
    'db1',
    `patronictl -c /etc/patroni/config.yml failover ffe --candidate ${heir} --force >/dev/null; true`,
  );
  assert.is.not(leader, heir);
  await whenWell(lab);
  const primary = await whenWell(lab);
  await onNode(lab, primary, sql('INSERT INTO rows SELECT generate_series(201, 210)'));
  await play(lab, ['playbooks/restore.yml', '-e', 'target=latest'], shape());
  assert.is(await whenWell(lab), primary);
  await allHave(lab, '210|210');
});

test('a moment without a backup leaves the cluster as it is', async ({ lab }) => {
  const target = '{"target": "2020-01-01 00:00:00+00"}';
  const ran = await provision(inventoryOf(lab, shape()), 'playbooks/restore.yml', '-e', target);
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /could not be restored, and the databases are what they were/);
  await whenWell(lab);
  assert.is(await rowsOf(lab, 'db1'), '210|210');
});

test.run();
