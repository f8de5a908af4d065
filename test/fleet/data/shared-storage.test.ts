import * as assert from 'uvu/assert';
import { labPowerOff, labStart } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';

const NODES = ['fs1', 'fs2', 'fs3'];
const ROLE = [{ role: 'shared-storage' }];
const MOUNT = '/mnt/ffe-shared';

function storage(nodes: readonly string[], vars: Record<string, unknown> = {}): Shape {
  return {
    groups: { shared_storage: nodes, ca: ['fs1'] },
    vars: { shared_storage_owner: 'admin', shared_storage_options: { 'network.ping-timeout': '3' }, ...vars },
  };
}

const test = fleetSuite('the role shared-storage', {
  nodes: NODES,
  image: { include: ['glusterfs-server', 'glusterfs-client', 'openssl'] },
});

test('does what --check foretold on two nodes, and then nothing', async ({ lab }) => {
  const inventory = inventoryOf(lab, storage(['fs1', 'fs2']));
  await convergesAsForetold(inventory, rolesPlay(lab, ROLE, 'shared_storage'));
  await onNode(lab, 'admin@fs1', `echo hello > ${MOUNT}/greeting`);
  assert.is(await onNode(lab, 'fs2', `cat ${MOUNT}/greeting /srv/gluster/ffe/greeting`), 'hello\nhello\n');
});

test('a third node gets a copy', async ({ lab }) => {
  const inventory = inventoryOf(lab, storage(NODES));
  const playbook = rolesPlay(lab, ROLE, 'shared_storage');
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.ok(changedIn(ran).includes('fs1: Nodes and volume'), changedIn(ran).join());
  const copied =
    'for _ in $(seq 200); do [ "$(cat /srv/gluster/ffe/greeting)" = hello ] && exit; sleep 0.2; done; exit 1';
  await onNode(lab, 'fs3', copied);
  await changesNothing(inventory, playbook);
});

test('nobody mounts it without a certificate of the authority', async ({ lab }) => {
  const line = `mkdir -p /mnt/try; mv /usr/lib/ssl/glusterfs.pem /usr/lib/ssl/away
    timeout 20 mount -t glusterfs fs1:/ffe /mnt/try; ls /mnt/try; umount /mnt/try; mv /usr/lib/ssl/away /usr/lib/ssl/glusterfs.pem`;
  assert.not.match((await tryOnNode(lab, 'fs3', line)).stdout, /greeting/);
});

test('the loss of a node is survived, and made good when it comes back', async ({ lab }) => {
  await labPowerOff(lab, 'fs3');
  await onNode(lab, 'fs1', `timeout 60 sh -c 'echo later > ${MOUNT}/meanwhile'`);
  assert.is(
    await onNode(lab, 'fs2', `timeout 60 cat ${MOUNT}/greeting ${MOUNT}/meanwhile`),
    'hello\nlater\n',
  );
  await labStart(lab, 'fs3');
  const healed =
    'for _ in $(seq 300); do [ "$(cat /srv/gluster/ffe/meanwhile 2>/dev/null)" = later ] && exit; sleep 0.2; done; exit 1';
  await onNode(lab, 'fs3', healed);
  const mounted = `for _ in $(seq 300); do [ "$(cat ${MOUNT}/meanwhile 2>/dev/null)" = later ] && exit; sleep 0.2; done; exit 1`;
  await onNode(lab, 'fs3', mounted);
});

test('what is wrong is refused, and the volume goes on', async ({ lab }) => {
  const cases = [
    [{ shared_storage_options: { 'network.ping-timeout': 'soon' } }, /network.ping-timeout/],
    [{ shared_storage_brick: '/' }, /shared_storage_brick/],
    [{ shared_storage_group: 'ca' }, /there are 1/],
  ] as const;
  for (const [vars, why] of cases) {
    const ran = await provision(
      inventoryOf(lab, storage(NODES, vars)),
      rolesPlay(lab, ROLE, 'shared_storage'),
    );
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), why);
    assert.is(await onNode(lab, 'fs2', `cat ${MOUNT}/greeting`), 'hello\n');
  }
});

test('absent keeps the files, unless they are to be destroyed', async ({ lab }) => {
  const inventory = inventoryOf(lab, storage(NODES));
  const gone = (more = {}) =>
    rolesPlay(lab, [{ role: 'shared-storage', shared_storage_state: 'absent', ...more }], 'shared_storage');
  const kept = await provision(inventory, gone());
  assert.is(kept.code, 0, failuresOf(kept));
  const left =
    'cat /srv/gluster/ffe/greeting; mount | grep gluster; ls -d /var/lib/glusterd /etc/ffe-tls-gluster /usr/lib/ssl/glusterfs*';
  assert.is((await tryOnNode(lab, 'fs2', left)).stdout, 'hello\n');
  const destroyed = await provision(inventory, gone({ shared_storage_destroy_data: true }));
  assert.is(destroyed.code, 0, failuresOf(destroyed));
  assert.is((await tryOnNode(lab, 'fs2', left)).stdout, '');
  await changesNothing(inventory, gone({ shared_storage_destroy_data: true }));
});

test.run();
