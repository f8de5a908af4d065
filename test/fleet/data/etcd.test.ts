import * as assert from 'uvu/assert';
import { labPowerOff, labStart } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { PACKAGES } from './shape.js';

const MEMBERS = ['db1', 'db2', 'db3'];
const SHAPE: Shape = { groups: { etcd: MEMBERS, ca: ['db1'] } };
const TLS = '/etc/ffe-tls-etcd';
const PROOF = `--cert ${TLS}/member.crt --key ${TLS}/member.key`;
const test = fleetSuite('the role etcd', { nodes: MEMBERS, image: { include: PACKAGES } });

const ctl = (host: string, words: string, proof = PROOF) =>
  `ETCDCTL_API=3 etcdctl --endpoints https://${host}:2379 --cacert ${TLS}/ca.crt ${proof} ${words}`;

test('it does what --check foretold, and then nothing', async ({ lab }) => {
  await convergesAsForetold(inventoryOf(lab, SHAPE), rolesPlay(lab, [{ role: 'etcd' }]));
});

test('clients without a certificate are refused, those with one are answered by every member', async ({
  lab,
}) => {
  const [first, second] = lab.nodes.map(({ address }) => address);
  await onNode(lab, 'db1', ctl(first!, 'put k v'));
  assert.is(await onNode(lab, 'db3', ctl(second!, 'get k --print-value-only')), 'v\n');
  assert.is.not((await tryOnNode(lab, 'db1', ctl(first!, 'get k', ''))).rc, 0);
});

test('two of three agree while one is gone, and it comes back', async ({ lab }) => {
  const [first, , third] = lab.nodes.map(({ address }) => address);
  await labPowerOff(lab, 'db3');
  await onNode(lab, 'db1', `until ${ctl(first!, 'put k w')}; do sleep 0.5; done`);
  await labStart(lab, 'db3');
  await onNode(lab, 'db3', `until ${ctl(third!, 'endpoint health')}; do sleep 0.5; done`);
  assert.is(await onNode(lab, 'db3', ctl(third!, 'get k --print-value-only')), 'w\n');
});

test('a member that lost its data is taken in again', async ({ lab }) => {
  const [, , third] = lab.nodes.map(({ address }) => address);
  await onNode(lab, 'db3', 'systemctl stop etcd; rm -rf /var/lib/etcd/ffe');
  const play = rolesPlay(lab, [{ role: 'etcd' }]);
  const ran = await provision(inventoryOf(lab, SHAPE), play);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.equal(await onNode(lab, 'db3', ctl(third!, 'get k --print-value-only')), 'w\n');
  const members = await onNode(lab, 'db3', ctl(third!, 'member list'));
  assert.equal(members.match(/started, db\d/g)?.sort(), ['started, db1', 'started, db2', 'started, db3']);
  await changesNothing(inventoryOf(lab, SHAPE), play);
});

test('absent leaves nothing', async ({ lab }) => {
  const gone = rolesPlay(lab, [{ role: 'etcd', etcd_state: 'absent' }], 'db3');
  const ran = await provision(inventoryOf(lab, SHAPE), gone);
  assert.is(ran.code, 0, failuresOf(ran));
  const left = 'ls -d /etc/ffe-tls-etcd /etc/default/etcd /var/lib/etcd/ffe 2>/dev/null; pgrep -x etcd';
  assert.is((await tryOnNode(lab, 'db3', left)).stdout, '');
  await changesNothing(inventoryOf(lab, SHAPE), gone);
});

test.run();
