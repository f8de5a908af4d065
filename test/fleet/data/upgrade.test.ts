import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay } from '../roles/provision.js';
import { databases, PACKAGES, sql } from './shape.js';

const NODES = ['db1', 'db2'];
const SHAPE = databases(NODES, { postgres_topology: 'replica' });
// The oldest version that there is; once only one is published, it is the newest, too.
const OLDEST = `set -e; v=$(apt-cache madison postgresql-15 | awk '{ print $3 }' | tail -n 1)
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends --allow-downgrades -o Dpkg::Use-Pty=0 \\
    postgresql-common >/dev/null
  sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends --allow-downgrades -o Dpkg::Use-Pty=0 \\
    postgresql-15="$v" postgresql-client-15="$v" >/dev/null; echo "$v"`;
const NEWEST = "apt-get -q update >/dev/null; apt-cache policy postgresql-15 | sed -n 's/^  Candidate: //p'";

const test = fleetSuite('the upgrade of PostgreSQL', { nodes: NODES, image: { include: PACKAGES } });

const upgrade = (lab: Lab, ...more: string[]) =>
  provision(inventoryOf(lab, SHAPE), 'playbooks/upgrade-postgres.yml', ...more);
const versionOf = (lab: Lab, node: string) => onNode(lab, node, sql('SHOW server_version'));
const newestOf = async (lab: Lab) => (await onNode(lab, 'db1', NEWEST)).trim();

test('the primary moves to a replica of the newest version, and no row is lost', async ({ lab }) => {
  const newest = await newestOf(lab);
  const [oldest] = await Promise.all(NODES.map(async (node) => (await onNode(lab, node, OLDEST)).trim()));
  const built = await provision(inventoryOf(lab, SHAPE), rolesPlay(lab, [{ role: 'postgres' }], 'postgres'));
  assert.is(built.code, 0, failuresOf(built));
  await onNode(lab, 'db1', sql('CREATE TABLE rows AS SELECT generate_series(1, 1000) AS n'));
  for (const node of NODES) assert.match(await versionOf(lab, node), ` ${oldest})`);
  const ran = await upgrade(lab);
  assert.is(ran.code, 0, failuresOf(ran));
  for (const node of NODES) {
    assert.match(await versionOf(lab, node), ` ${newest})`);
    assert.is(await onNode(lab, node, sql('SELECT count(*) FROM rows')), '1000\n');
  }
  const leads = await onNode(lab, 'db2', sql('SELECT NOT pg_is_in_recovery()'));
  assert.is(leads, oldest === newest ? 'f\n' : 't\n');
});

test('a second run changes nothing', async ({ lab }) => {
  const ran = await upgrade(lab);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.equal(changedIn(ran), []);
});

test('it is not begun while a replica does not answer', async ({ lab }) => {
  const leads = (await onNode(lab, 'db2', sql('SELECT NOT pg_is_in_recovery()'))) === 't\n';
  const replica = leads ? 'db1' : 'db2';
  await onNode(lab, replica, 'systemctl stop postgresql@15-main');
  const ran = await upgrade(lab);
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), new RegExp(`replicas that all answer.*${replica}.*silent`));
  assert.equal(changedIn(ran), []);
});

test.run();
