import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from './laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from './provision.js';

const REPORTS = mkdtempSync(join(tmpdir(), 'hardening-'));
const SHAPE: Shape = {
  groups: { web: ['web1'], app: ['app1'], ops: ['op1'] },
  // The tests' own failed logins from app1 stay below it.
  vars: { hardening_undo_seconds: 10, hardening_fail2ban_tries: 10, hardening_report_folder: REPORTS },
};

const test = fleetSuite('the role hardening', { nodes: ['web1', 'app1', 'op1'] });

/** Lists what the role has below /etc. */
const FILES = "find /etc \\( -name '*ffe-hardening*' -o -name sudo-log \\) ! -type d | sort";

type Rule = { id: string; state: string; title: string; why: string };

const reportOf = (node: string, form: string) => readFileSync(join(REPORTS, `${node}.${form}`), 'utf8');
const rulesOf = (node: string) => (JSON.parse(reportOf(node, 'json')) as { rules: Rule[] }).rules;
const stateOf = (node: string, id: string) => rulesOf(node).find((rule) => rule.id === id);

test('--check changes nothing and says what a node is like', async ({ lab }) => {
  const before = await onNode(lab, 'web1', `${FILES}; cat /etc/login.defs`);
  const ran = await provision(inventoryOf(lab, SHAPE), 'playbooks/harden.yml', '--check', '-l', 'web1');
  assert.is(ran.code, 0, failuresOf(ran));
  assert.is(await onNode(lab, 'web1', `${FILES}; cat /etc/login.defs`), before);
  assert.equal(stateOf('web1', '5.1.16'), {
    id: '5.1.16',
    state: 'fail',
    title: 'Four tries per connection at most',
    why: 'maxauthtries is 6',
  });
  assert.is(stateOf('web1', '5.1.19')?.state, 'pass');
});

test('harden.yml does what --check foretold, and then nothing', async ({ lab }) => {
  await onNode(lab, 'web1', "useradd open && usermod -p '' open && usermod -s /bin/sh games");
  await convergesAsForetold(inventoryOf(lab, SHAPE), 'playbooks/harden.yml');
});

test('sshd takes keys only, by modern algorithms', async ({ lab }) => {
  const settings = await onNode(lab, 'web1', 'sshd -T');
  for (const line of ['passwordauthentication no', 'kbdinteractiveauthentication no', 'maxauthtries 4'])
    assert.match(settings, new RegExp(`^${line}$`, 'm'));
});

const WEAK: readonly [string, string, RegExp][] = [
  ['key exchange', 'KexAlgorithms=diffie-hellman-group14-sha1', /no matching key exchange method/i],
  ['cipher', 'Ciphers=aes128-cbc', /no matching cipher/i],
  ['code', 'Ciphers=aes128-ctr -o MACs=hmac-sha1', /no matching MAC/i],
];

for (const [what, options, refusal] of WEAK)
  test(`a weak ${what} is refused, asked from another node`, async ({ lab }) => {
    assert.match(await asks(lab, 'app1', 'root', `-o ${options}`), refusal);
  });

test('an address whose logins fail is shut out, another one and the operator are not', async ({ lab }) => {
  const own = lab.nodes.find(({ name }) => name === 'op1')!.address;
  const end = Date.now() + 90_000;
  while (!/connection refused/i.test(await asks(lab, 'op1', 'ghost'))) {
    assert.ok(Date.now() < end, 'failed logins shut an address out');
    await tryOnNode(lab, 'ghost@web1', 'true');
  }
  assert.match(await asks(lab, 'app1', 'ghost'), /permission denied/i);
  assert.is((await onNode(lab, 'web1', 'fail2ban-client get sshd banip')).trim(), own);
});

/** What the role leaves to whoever runs it, and what these nodes are given by the lab. */
const LEFT = ['1.1.2.1.4', '3.3.11', '5.1.1', '5.1.4', '5.1.5', '5.1.20', '5.2.4'];

test('the report says which rules a hardened node keeps', () => {
  const rules = rulesOf('web1');
  const failed = rules.filter(({ state }) => state === 'fail');
  assert.equal(
    failed.map(({ id }) => id).filter((id) => !LEFT.includes(id)),
    [],
    JSON.stringify(failed),
  );
  assert.ok(rules.filter(({ state }) => state === 'pass').length > 40);
  assert.equal(stateOf('app1', '3.3.1')?.why, 'containers or virtual addresses need it');
  assert.is(stateOf('web1', '3.3.1')?.state, 'pass');
  for (const rule of rules) assert.ok(rule.state !== 'not applicable' || rule.why !== '', rule.id);
});

test('text and HTML say the same as JSON', () => {
  const rules = rulesOf('web1');
  const lines = reportOf('web1', 'txt').split('\n');
  const html = reportOf('web1', 'html');
  for (const { id, state, title } of rules) {
    assert.ok(
      lines.some((line) => line.startsWith(`${id} `) && line.includes(` ${state} `)),
      id,
    );
    assert.ok(html.includes(`<td>${id}</td><td class="${state.split(' ')[0]}">${state}</td>`), id);
    assert.ok(html.includes(title.replaceAll("'", '&#39;')), title);
  }
  assert.is((html.match(/<tr>/g) ?? []).length, rules.length + 1);
  assert.ok(new Set(rules.map(({ id }) => id)).size === rules.length, 'no number twice');
});

/** What comes of a login from one node at web1, by IPv4. One that is shut out half way would wait for minutes. */
function asks(lab: Lab, node: string, user: string, options = ''): Promise<string> {
  const { address } = lab.nodes.find(({ name }) => name === 'web1')!;
  const always = '-o BatchMode=yes -o StrictHostKeyChecking=no -o ConnectTimeout=10';
  return onNode(lab, node, `timeout 15 ssh ${always} ${options} ${user}@${address} true 2>&1; :`);
}

/** What a node answers, once it is hardened: what it is about, a line of sh, and its answer. */
const HARDENED: readonly [string, string, RegExp][] = [
  ['modules', 'cat /etc/modprobe.d/ffe-hardening.conf', /^install dccp \/bin\/false$/m],
  ['core dumps of logins', 'ulimit -Hc', /^0$/m],
  ['core dumps of services', 'cat /etc/systemd/coredump.conf.d/*', /^Storage=none$/m],
  ['new accounts', 'useradd probe && grep ^probe: /etc/shadow; userdel probe', /^probe:!:\d+:1:365:7:/m],
  ['login shells', "sh -lc 'umask; . /etc/profile; echo $TMOUT'", /^0?027\n900$/m],
  ['shells of the system', 'getent passwd nobody games', /nobody.*nologin\ngames.*nologin\n/],
  ['empty passwords', 'getent shadow open', /^open:!:/m],
  ['/dev/shm', 'grep /dev/shm /proc/mounts', /^tmpfs \/dev\/shm tmpfs rw,nosuid,nodev,noexec,/m],
  ['/dev/shm after a boot', 'grep /dev/shm /etc/fstab', /nodev,nosuid,noexec/],
  ['audit', 'cat /etc/audit/rules.d/*', /^-w \/etc\/shadow -p wa -k identity$/m],
  ["sudo's terminals", 'sudo -l -U admin', /use_pty/],
];

for (const [what, line, answer] of HARDENED)
  test(`hardened: ${what}`, async ({ lab }) => {
    assert.match(await onNode(lab, 'web1', line), answer);
  });

test('sudo writes down what was done', async ({ lab }) => {
  await onNode(lab, 'admin@web1', 'sudo stat /proc/1/exe');
  const log = await onNode(lab, 'web1', 'cat /var/log/sudo.log');
  assert.match(log.replace(/\n\s+/g, ' '), /admin : .*USER=root ; COMMAND=\S*stat \/proc\/1\/exe/);
});

test('a part that is switched off leaves nothing', async ({ lab }) => {
  const off = {
    role: 'hardening',
    hardening_modules: [],
    hardening_core_dumps: true,
    hardening_login_defs: {},
    hardening_umask: '',
    hardening_shell_timeout: 0,
    hardening_sudo: false,
    hardening_fail2ban: false,
    hardening_audit_rules: [],
    hardening_report: [],
    hardening_faillock_tries: 0,
    hardening_password_quality: {},
  };
  const inventory = inventoryOf(lab, SHAPE);
  const ran = await provision(inventory, rolesPlay(lab, [off], 'web1'));
  assert.is(ran.code, 0, failuresOf(ran));
  const left = await onNode(lab, 'web1', `${FILES}; grep -c 'role hardening' /etc/login.defs; :`);
  assert.is(left, '/etc/ssh/sshd_config.d/01-ffe-hardening.conf\n/etc/sysctl.d/60-ffe-hardening.conf\n0\n');
  await changesNothing(inventory, rolesPlay(lab, [off], 'web1'));
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

const WRONG = {
  hardening_ssh_permit_root: 'maybe',
  hardening_modules: ['a b'],
  hardening_login_defs: { 'UMASK 0\nX': 1 },
  hardening_umask: '9',
  hardening_shell_timeout: -1,
  hardening_accounts: ['root'],
  hardening_sudo_log: '/var/log/"x',
  hardening_tmp_size: 'big',
  hardening_shm_options: ['a b'],
  hardening_fail2ban_ignore: ['example.org'],
  hardening_fail2ban_ban: 'ever',
  hardening_audit_rules: ['all of it'],
  hardening_report: ['pdf'],
};

for (const [name, value] of Object.entries(WRONG))
  test(`a wrong ${name} is refused before anything is touched`, async ({ lab }) => {
    const playbook = rolesPlay(lab, [{ role: 'hardening', [name]: value }], 'web1');
    const ran = await provision(inventoryOf(lab, SHAPE), playbook);
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), new RegExp(name));
    assert.equal(changedIn(ran), []);
  });

test('absent undoes it', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const playbook = rolesPlay(lab, [{ role: 'hardening', hardening_state: 'absent' }]);
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.is(await onNode(lab, 'app1', `${FILES}; grep -c 'role hardening' /etc/login.defs; :`), '0\n');
  assert.is((await tryOnNode(lab, 'app1', 'systemctl is-active fail2ban')).stdout, 'inactive\n');
  const mounts = 'grep /dev/shm /etc/fstab; grep /dev/shm /proc/mounts';
  assert.match(await onNode(lab, 'app1', mounts), /^tmpfs \/dev\/shm tmpfs rw,nosuid,nodev,(?!noexec)/);
  await changesNothing(inventory, playbook);
});

test.after(() => rmSync(REPORTS, { recursive: true }));
test.run();
