import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { operatorPassword } from '../node/reach.js';
import { changesNothing, convergesAsForetold } from './laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from './provision.js';

const SHAPE: Shape = { groups: { web: ['web1'] } };

/** The role with what is about passwords, and little else. */
const PASSWORDS = {
  role: 'hardening',
  hardening_undo_seconds: 10,
  hardening_faillock_tries: 3,
  hardening_fail2ban: false,
  hardening_report: [],
};

const test = fleetSuite('the role hardening: passwords', { nodes: ['web1'] });

/** Whether operator, logged in by key, becomes root with a password. */
async function sudoTakes(lab: Lab, password: string): Promise<boolean> {
  return (await tryOnNode(lab, 'operator@web1', 'sudo -k -S true', `${password}\n`)).rc === 0;
}

const common = (lab: Lab) => onNode(lab, 'web1', 'cat /etc/pam.d/common-*');

test('a proof that fails takes the profiles back', async ({ lab }) => {
  const before = await common(lab);
  await onNode(
    lab,
    'web1',
    'cp /etc/pam.d/sudo /root && echo account required pam_deny.so >> /etc/pam.d/sudo',
  );
  const ran = await provision(
    inventoryOf(lab, SHAPE),
    rolesPlay(lab, [{ ...PASSWORDS, hardening_password_quality: {} }]),
  );
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /Accounts can still be changed into/);
  const end = Date.now() + 60_000;
  while ((await common(lab)) !== before) assert.ok(Date.now() < end, 'the settings of before are back');
  assert.is((await tryOnNode(lab, 'web1', 'ls /usr/share/pam-configs | grep ffe')).stdout, '');
  await onNode(lab, 'web1', 'mv /root/sudo /etc/pam.d/sudo');
});

test('it does what --check foretold, and then nothing', async ({ lab }) => {
  await convergesAsForetold(inventoryOf(lab, SHAPE), rolesPlay(lab, [PASSWORDS]));
});

test('wrong passwords lock an account, but not its key', async ({ lab }) => {
  const right = operatorPassword(lab);
  assert.ok(await sudoTakes(lab, right));
  assert.not.ok(await sudoTakes(lab, 'wrong\nwrong\nwrong'));
  assert.not.ok(await sudoTakes(lab, right), 'locked');
  await onNode(lab, 'web1', 'faillock --user operator --reset');
  assert.ok(await sudoTakes(lab, right), 'let in again');
});

test('a weak new password is refused', async ({ lab }) => {
  const right = operatorPassword(lab);
  const changed = (to: string) => tryOnNode(lab, 'operator@web1', 'passwd', `${right}\n${to}\n${to}\n`);
  const weak = await changed('Short1');
  assert.is.not(weak.rc, 0);
  assert.match(weak.stderr, /BAD PASSWORD: .*shorter than 14/);
  const strong = await changed('correct-Horse-9-battery');
  assert.is(strong.rc, 0, strong.stderr);
});

const WRONG = {
  hardening_faillock_tries: -1,
  hardening_faillock_seconds: 0,
  hardening_password_quality: { 'minlen = 1\nx': 1 },
};

for (const [name, value] of Object.entries(WRONG))
  test(`a wrong ${name} is refused before anything is touched`, async ({ lab }) => {
    const ran = await provision(inventoryOf(lab, SHAPE), rolesPlay(lab, [{ ...PASSWORDS, [name]: value }]));
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), new RegExp(name));
    assert.equal(changedIn(ran), []);
  });

test('without tries no account is locked', async ({ lab }) => {
  const off = rolesPlay(lab, [{ ...PASSWORDS, hardening_faillock_tries: 0, hardening_password_quality: {} }]);
  const ran = await provision(inventoryOf(lab, SHAPE), off);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(await common(lab), /faillock/);
  await changesNothing(inventoryOf(lab, SHAPE), off);
});

test('absent takes it back', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  await provision(inventory, rolesPlay(lab, [PASSWORDS]));
  assert.match(await common(lab), /faillock/);
  const absent = rolesPlay(lab, [{ role: 'hardening', hardening_state: 'absent' }]);
  const ran = await provision(inventory, absent);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(await common(lab), /faillock/);
  const left = 'ls /usr/share/pam-configs /etc/security/pwquality.conf.d | grep -e ffe; :';
  assert.is(await onNode(lab, 'web1', left), '');
  await changesNothing(inventory, absent);
});

test.run();
