import * as assert from 'uvu/assert';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from './laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from './provision.js';

const SHAPE: Shape = {
  groups: { web: ['web1'], app: ['app1'] },
  vars: { hardening_undo_seconds: 10 },
};

const test = fleetSuite('the role hardening', { nodes: ['web1', 'app1'] });

test('harden.yml does what --check foretold, and then nothing', async ({ lab }) => {
  await convergesAsForetold(inventoryOf(lab, SHAPE), 'playbooks/harden.yml');
});

test('sshd takes keys only, by modern algorithms', async ({ lab }) => {
  const settings = await onNode(lab, 'web1', 'sshd -T');
  for (const line of ['passwordauthentication no', 'kbdinteractiveauthentication no', 'maxauthtries 4'])
    assert.match(settings, new RegExp(`^${line}$`, 'm'));
  const old = await onNode(
    lab,
    'app1',
    "ssh -o Ciphers=aes128-ctr -o MACs=hmac-sha1 -o StrictHostKeyChecking=no root@$(getent hosts app1 | cut -d' ' -f1) true 2>&1; :",
  );
  assert.match(old, /no matching MAC/i);
});

test('packets are forwarded where containers or virtual addresses need it', async ({ lab }) => {
  const read = 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/accept_redirects';
  assert.is(await onNode(lab, 'app1', read), '1\n0\n');
  assert.is(await onNode(lab, 'web1', read), '0\n0\n');
});

test('settings that sshd refuses change nothing', async ({ lab }) => {
  const bad = { role: 'hardening', hardening_ssh_ciphers: ['rot13'] };
  const before = await onNode(lab, 'web1', 'cat /etc/ssh/sshd_config.d/01-ffe-hardening.conf');
  const ran = await provision(inventoryOf(lab, SHAPE), rolesPlay(lab, [bad], 'web1'));
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /rot13|Bad SSH2 cipher/i);
  assert.is(await onNode(lab, 'web1', 'cat /etc/ssh/sshd_config.d/01-ffe-hardening.conf'), before);
});

test('settings that keep the operator out are taken back', async ({ lab }) => {
  const locked = { role: 'hardening', hardening_ssh_allow_groups: ['nobody-is-in-it'] };
  const settings = 'cat /etc/ssh/sshd_config.d/01-ffe-hardening.conf';
  const before = await onNode(lab, 'web1', settings);
  const ran = await provision(inventoryOf(lab, SHAPE), rolesPlay(lab, [locked], 'web1'));
  assert.is.not(ran.code, 0);
  const end = Date.now() + 40_000;
  while ((await tryOnNode(lab, 'web1', 'true')).rc !== 0)
    assert.ok(Date.now() < end, 'the node answers again');
  assert.not.match(await onNode(lab, 'web1', 'sshd -T'), /nobody-is-in-it/);
  assert.is(await onNode(lab, 'web1', settings), before);
  assert.is(await onNode(lab, 'web1', 'ls /etc/ssh/sshd_config.d'), '01-ffe-hardening.conf\n');
});

test('a wrong variable is refused before anything is touched', async ({ lab }) => {
  const wrong = { role: 'hardening', hardening_ssh_permit_root: 'maybe' };
  const ran = await provision(inventoryOf(lab, SHAPE), rolesPlay(lab, [wrong], 'web1'));
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /hardening_ssh_permit_root/);
  assert.equal(changedIn(ran), []);
});

test('absent undoes it', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const playbook = rolesPlay(lab, [{ role: 'hardening', hardening_state: 'absent' }]);
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.is((await tryOnNode(lab, 'app1', 'ls /etc/ssh/sshd_config.d /etc/sysctl.d | grep ffe')).stdout, '');
  await changesNothing(inventory, playbook);
});

test.run();
