import * as assert from 'uvu/assert';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay } from '../roles/provision.js';
import { databases, healthOf, PACKAGES, SECRET, sql, sqlOver } from './shape.js';

const ROLE = [{ role: 'postgres' }];
const test = fleetSuite('the role postgres', {
  nodes: ['db1', 'db2', 'db3'],
  image: { include: PACKAGES },
});

test('standalone: does what --check foretold, and then nothing', async ({ lab }) => {
  const ran = await convergesAsForetold(
    inventoryOf(lab, databases(['db1'])),
    rolesPlay(lab, ROLE, 'postgres'),
  );
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
});

test('standalone: checksums, UTF-8, locale C, extensions, privileges', async ({ lab }) => {
  const asked = sql(`SELECT current_setting('data_checksums'), current_setting('server_encoding'),
    current_setting('lc_collate'), current_setting('password_encryption'), current_setting('shared_buffers');
    SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension;
    SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'audit'`);
  assert.equal((await onNode(lab, 'db1', asked)).split('\n'), [
    'on|UTF8|C|scram-sha-256|64MB',
    'pg_trgm,plpgsql,uuid-ossp',
    'ffe_user',
    '',
  ]);
});

test('over the network: TLS with a valid chain and a password, or nothing', async ({ lab }) => {
  const [db1] = lab.nodes;
  const at = (user: string, password: string, mode?: string) =>
    tryOnNode(lab, 'db1', sqlOver(db1!.address, user, password, 'CREATE TABLE t (id int)', mode));
  assert.is((await at('ffe_user', SECRET)).rc, 0);
  assert.match((await at('ffe_user', 'wrong')).stderr, /password authentication failed/);
  assert.match((await at('ffe_user', SECRET, 'disable')).stderr, /no pg_hba.conf entry|no encryption/);
  assert.match((await at('postgres', SECRET)).stderr, /rejects connection/);
  const reader = sqlOver(db1!.address, 'reader', `${SECRET} 2`, 'SELECT count(*) FROM t');
  assert.is(await onNode(lab, 'db1', reader), '0\n');
});

test('what the server refuses changes nothing, and it goes on', async ({ lab }) => {
  const files = 'cat /etc/postgresql/*/main/pg_hba.conf /etc/postgresql/*/main/conf.d/*';
  const before = await onNode(lab, 'db1', files);
  const cases = [
    [
      { postgres_parameters: { shared_buffer: '1GB' } },
      /unrecognized configuration parameter .*shared_buffer/,
    ],
    [{ postgres_hba: [{ sources: ['all'], options: 'map' }] }, /postgres_hba makes lines .* refuses/],
    [{ postgres_version: '99' }, /postgresql-99/],
    [{ postgres_max_connections: 1 }, /20 connections/],
  ] as const;
  for (const [vars, why] of cases) {
    const ran = await provision(inventoryOf(lab, databases(['db1'], vars)), rolesPlay(lab, ROLE, 'postgres'));
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), why);
    assert.is(await onNode(lab, 'db1', files), before);
  }
  assert.is(await onNode(lab, 'db1', sql('SELECT count(*) FROM t')), '0\n');
});

test('a parameter is reloaded when that is enough, and the server restarted when it is not', async ({
  lab,
}) => {
  const started = sql('SELECT pg_postmaster_start_time()');
  const before = await onNode(lab, 'db1', started);
  const set = async (postgres_parameters: object) => {
    const ran = await provision(
      inventoryOf(lab, databases(['db1'], { postgres_parameters })),
      rolesPlay(lab, ROLE, 'postgres'),
    );
    assert.is(ran.code, 0, failuresOf(ran));
    return ran;
  };
  await set({ work_mem: '5MB' });
  assert.is(await onNode(lab, 'db1', sql('SHOW work_mem')), '5MB\n');
  assert.is(await onNode(lab, 'db1', started), before);
  const ran = await set({ max_connections: 50 });
  assert.ok(changedIn(ran).includes('db1: Restart for max_connections'), changedIn(ran).join());
  assert.is(await onNode(lab, 'db1', sql('SHOW max_connections')), '50\n');
});

test('standalone becomes replica, and no row is lost', async ({ lab }) => {
  await onNode(lab, 'db1', sql('SET ROLE ffe_user; INSERT INTO t SELECT generate_series(1, 1000)'));
  const grown = databases(['db1', 'db2', 'db3'], {
    postgres_topology: 'replica',
    postgres_synchronous: true,
  });
  const first = await provision(inventoryOf(lab, grown), rolesPlay(lab, ROLE, 'postgres'));
  assert.is(first.code, 0, failuresOf(first));
  assert.not.match(first.out + first.err, new RegExp(SECRET));
  for (const name of ['db2', 'db3'])
    assert.is(await onNode(lab, name, sql('SELECT count(*), pg_is_in_recovery() FROM t')), '1000|t\n');
  const standbys = 'SELECT application_name, sync_state FROM pg_stat_replication ORDER BY 1';
  assert.is(await onNode(lab, 'db1', sql(standbys)), 'db2|quorum\ndb3|quorum\n');
  const again = await provision(inventoryOf(lab, grown), rolesPlay(lab, ROLE, 'postgres'));
  assert.equal(changedIn(again), [], failuresOf(again));
});

test('balancers are told what each node is', async ({ lab }) => {
  for (const { name, address } of lab.nodes)
    for (const path of ['primary', 'replica']) {
      const said = await onNode(lab, 'db3', healthOf(address, path));
      assert.match(said, (name === 'db1') === (path === 'primary') ? / 200 / : / 503 /, `${name} ${path}`);
    }
});

test('absent keeps the data, unless it is to be destroyed', async ({ lab }) => {
  const inventory = inventoryOf(lab, databases(['db1', 'db2', 'db3'], { postgres_topology: 'replica' }));
  const gone = (more = {}) =>
    rolesPlay(lab, [{ role: 'postgres', postgres_state: 'absent', ...more }], 'db3');
  const kept = await provision(inventory, gone());
  assert.is(kept.code, 0, failuresOf(kept));
  const left = 'ls -d /etc/*/*ffe* /usr/local/sbin/ffe* /var/lib/postgresql/*/main 2>/dev/null; which psql';
  assert.match((await tryOnNode(lab, 'db3', left)).stdout, /^\/var\/lib\/postgresql\/\d+\/main\n$/);
  await changesNothing(inventory, gone());
  const destroyed = await provision(inventory, gone({ postgres_destroy_data: true }));
  assert.is(destroyed.code, 0, failuresOf(destroyed));
  assert.is((await tryOnNode(lab, 'db3', left)).stdout, '');
});

test.run();
