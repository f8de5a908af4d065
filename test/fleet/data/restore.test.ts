import * as assert from 'uvu/assert';
import { fleetSuite, onNode } from '../fleet.js';
import { failuresOf, inventoryOf, provision, rolesPlay } from '../roles/provision.js';
import {
  addRows,
  backedUp,
  backupPlay,
  commandsOfTheDocument,
  IMAGE,
  metricOf,
  momentOf,
  NODES,
  play,
  rowsOf,
  withRows,
} from './backup-tier.js';
import { sql } from './shape.js';

const document = commandsOfTheDocument(/restore.yml|rsync/);
const test = fleetSuite('restoring', { nodes: NODES, image: IMAGE });

test('there are rows, and backups', async ({ lab }) => {
  await withRows(lab);
  await play(lab, [backupPlay(lab)]);
});

test('one database goes back to a moment while the others go on', async ({ lab }) => {
  const target = await momentOf(lab, 'db1');
  await addRows(lab, 1001, 1100);
  await onNode(lab, 'db1', sql('CREATE TABLE other AS SELECT 1 AS n', 'postgres'));
  await play(lab, document.playbook(/database=ffe -e "target/, { target }));
  for (const name of ['db1', 'db2']) assert.is(await rowsOf(lab, name), '100|100', name);
  assert.is(await onNode(lab, 'db1', sql('SELECT n FROM other', 'postgres')), '1\n');
  const rights = sql("SELECT has_table_privilege('reader', 'rows', 'SELECT')");
  assert.is(await onNode(lab, 'db1', rights), 't\n');
});

test('one database goes back to its latest logical copy', async ({ lab }) => {
  await addRows(lab, 101, 110);
  await play(lab, ['playbooks/backup.yml']);
  await onNode(lab, 'db1', sql('TRUNCATE rows'));
  await play(lab, document.playbook(/target=logical/));
  assert.is(await rowsOf(lab, 'db1'), '110|110');
});

test('destroyed data comes back to a moment: the rows up to it are there, none after', async ({ lab }) => {
  await addRows(lab, 111, 200);
  const target = await momentOf(lab, 'db1');
  await addRows(lab, 2001, 2100);
  const destroy = `psql -XAtqU postgres -c 'SELECT pg_switch_wal()'; sleep 2
    pkill -9 -x postgres; systemctl stop 'postgresql@*'; rm -rf /var/lib/postgresql/*/main`;
  await onNode(lab, 'db1', destroy);
  await play(lab, document.playbook(/restore.yml -e "target/, { target }));
  for (const name of ['db1', 'db2']) assert.is(await rowsOf(lab, name), '200|200', name);
  await addRows(lab, 201, 210);
  const follows = sql('SELECT count(*), pg_is_in_recovery() FROM rows');
  await onNode(lab, 'db2', `until [ "$(${follows}\n)" = '210|t' ]; do sleep 0.2; done`);
});

test('a backup is restored by its name', async ({ lab }) => {
  await play(lab, ['playbooks/backup.yml', '-e', 'kind=full']);
  await addRows(lab, 3001, 3100);
  const name = 'readlink /var/lib/pgbackrest/backup/ffe/latest';
  const target = (await onNode(lab, 'bk1', name)).trim();
  await play(lab, document.playbook(/target=\d+-\d+F/, { target }));
  assert.is(await rowsOf(lab, 'db2'), '210|210');
});

test('what cannot be restored leaves everything as it is, and says why', async ({ lab }) => {
  const cases = [
    [['-e', 'x=y'], /needs -e target=latest/],
    [['-e', 'target=yesterday'], /a moment with its time zone/],
    [['-e', 'target=20200101-000000F'], /there is no backup 20200101-000000F .* which has: \d+/],
    [
      ['-e', '{"target": "2099-01-01 00:00:00+00"}'],
      /could not be restored, and the databases are what they were.*unable to find backup set/s,
    ],
    [['-e', 'target=logical', '-e', 'database=none'], /no database none/],
  ] as const;
  for (const [options, why] of cases) {
    const ran = await provision(inventoryOf(lab, backedUp()), 'playbooks/restore.yml', ...options);
    assert.is(ran.code, 2, options.join(' '));
    assert.match(failuresOf(ran), why, failuresOf(ran));
    assert.is(await rowsOf(lab, 'db1'), '210|210', options.join(' '));
  }
});

test('the off-site copy replaces a lost repository, and lost databases come back from it', async ({
  lab,
}) => {
  const [, db2, bk1] = lab.nodes.map((node) => node.address);
  const key = await onNode(lab, 'bk1', 'cat /etc/ffe-backup/id_ed25519.pub');
  await onNode(lab, 'db2', 'cat >>/root/.ssh/authorized_keys; mkdir -p /srv/ffe-copy', key);
  const hostKey = (await onNode(lab, 'db2', 'cut -d" " -f1,2 /etc/ssh/ssh_host_ed25519_key.pub')).trim();
  const shape = backedUp({
    backup_offsite: `root@${db2}:/srv/ffe-copy`,
    backup_offsite_host_keys: [`${db2} ${hostKey}`],
  });
  await play(lab, [backupPlay(lab)], shape);
  await play(lab, ['playbooks/backup.yml', '-e', 'kind=offsite'], shape);
  assert.is(await metricOf(lab, 'bk1', 'offsite', 'ffe_backup_success'), 1);
  await onNode(lab, 'bk1', 'rm -rf /var/lib/pgbackrest /var/lib/ffe-backup/files');
  const shell =
    "RSYNC_RSH='ssh -i /etc/ffe-backup/id_ed25519 -o UserKnownHostsFile=/etc/ffe-backup/known_hosts'";
  const from = { 'backup@vault.example.org:/srv/ffe/': `root@${db2}:/srv/ffe-copy/` };
  for (const like of [/\/pgbackrest /, /\/ffe\/files /])
    await onNode(lab, 'bk1', `${shell} ${document.line(like, from)}`);
  assert.ok(bk1);
  const role = { role: 'postgres' };
  const gone = { ...role, postgres_state: 'absent', postgres_destroy_data: true };
  await play(lab, [rolesPlay(lab, [gone], 'postgres')], shape);
  await play(lab, [rolesPlay(lab, [role], 'postgres')], shape);
  const mixed = await provision(inventoryOf(lab, shape), backupPlay(lab));
  assert.is(mixed.code, 2);
  assert.match(failuresOf(mixed), /are of another cluster .* restore.yml -e target=latest brings back/);
  await play(lab, document.playbook(/target=latest/), shape);
  assert.is(await rowsOf(lab, 'db2'), '210|210');
  await play(lab, [backupPlay(lab)], shape);
});

test('every command of the document was run that is about this', () => {
  assert.equal(document.left(), []);
});

test.run();
