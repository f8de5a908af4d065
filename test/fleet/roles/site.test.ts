import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { ipv6Of } from '../../../lib/lab/addresses.js';
import { labReboot } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from './laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay, type Shape } from './provision.js';

const FLEET = parse(readFileSync('inventory/group_vars/all/main.yml', 'utf8')) as object;
const SHAPE: Shape = {
  groups: { web: ['web1'], app: ['app1'], postgres: ['db1'], ca: ['db1'], monitoring: ['app1'] },
  vars: {
    ...FLEET,
    common_unattended_upgrades: false,
    firewall_ssh_rate: '600/minute',
    firewall_undo_seconds: 10,
  },
};

const test = fleetSuite('roles of site.yml', { nodes: ['web1', 'app1', 'db1'] });

test('site.yml does what --check foretold, and then nothing', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const ran = await convergesAsForetold(inventory, 'playbooks/site.yml');
  const said = ran.out + ran.err;
  assert.not.match(said, /PRIVATE KEY/);
});

test('the services answer other nodes, and what is closed is closed', async ({ lab }) => {
  const ran = await provision(inventoryOf(lab, SHAPE), 'playbooks/verify.yml');
  assert.is(ran.code, 0, failuresOf(ran));
  assert.ok(ran.told.length > 20, 'it asked');
});

test('verify.yml names a port that no rule opens, and one that does not answer', async ({ lab }) => {
  const listen = 'systemd-run --quiet --unit=probe systemd-socket-activate -l 7777 --inetd -a echo hello';
  const wrong =
    'nft "insert rule inet ffe input tcp dport 7777 accept; insert rule inet ffe input tcp dport 6432 drop"';
  await onNode(lab, 'db1', `${listen}; ${wrong}`);
  const ran = await provision(inventoryOf(lab, SHAPE), 'playbooks/verify/ports.yml');
  await onNode(lab, 'db1', 'systemctl stop probe; ffe-firewall load');
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /db1 answers web1 on these ports that no rule opens: 7777; .*: none/);
  assert.match(failuresOf(ran), /db1 answers app1 on these ports that no rule opens: 7777; .*: 6432/);
});

test('common: names, users, journal', async ({ lab }) => {
  assert.is((await onNode(lab, 'db1', 'hostname')).trim(), 'db1');
  assert.match(await onNode(lab, 'db1', 'getent hosts web1'), /^10\./);
  assert.match(await onNode(lab, 'db1', 'id ffe'), /uid=\d+\(ffe\) gid=\d+\(ffe\)/);
  const journal = await onNode(lab, 'db1', 'systemd-analyze cat-config systemd/journald.conf');
  assert.match(journal, /^Storage=persistent$/m);
  assert.match(journal, /^SystemMaxUse=1G$/m);
});

test('logrotate: rotates, and never what applications rotate themselves', async ({ lab }) => {
  const line = 'echo x > /var/log/ffe/a.log; logrotate -f /etc/logrotate.d/ffe-ffe; ls /var/log/ffe';
  assert.match(await onNode(lab, 'app1', line), /a\.log-\d{8}/);
  const inventory = inventoryOf(lab, SHAPE);
  const services = [{ name: 'app', paths: ['/opt/finance-feedback-engine/logs/*.log'] }];
  const refused = await provision(
    inventory,
    rolesPlay(lab, [{ role: 'logrotate', logrotate_services: services }], 'app1'),
  );
  assert.is(refused.code, 2);
  assert.match(failuresOf(refused), /logs that their applications rotate themselves/);
});

test('logrotate: files of services no longer named go, a broken one changes nothing', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const named = (name: string, rest: object) => ({
    role: 'logrotate',
    logrotate_services: [{ name, paths: [`/var/log/${name}/*.log`], ...rest }],
  });
  const other = await provision(inventory, rolesPlay(lab, [named('other', {})], 'app1'));
  assert.is(other.code, 0, failuresOf(other));
  const files = 'ls /etc/logrotate.d | grep ^ffe-';
  assert.is(await onNode(lab, 'app1', files), 'ffe-other\n');
  const broken = await provision(inventory, rolesPlay(lab, [named('other', { maxsize: 'much' })], 'app1'));
  assert.is(broken.code, 2);
  assert.match(await onNode(lab, 'app1', 'cat /etc/logrotate.d/ffe-other'), /maxsize 100M/);
});

test('firewall: groups decide who may reach a listening port, on both protocols', async ({ lab }) => {
  const listen = 'systemd-run --quiet --unit=probe systemd-socket-activate -l 6432 --inetd -a echo hello';
  await onNode(lab, 'db1', listen);
  const six = ipv6Of(lab.nodes.find(({ name }) => name === 'db1')!.address);
  const reach = (host: string) => `timeout 3 bash -c 'cat </dev/tcp/${host}/6432'`;
  for (const host of ['db1', six]) {
    assert.is((await tryOnNode(lab, 'app1', reach(host))).stdout, 'hello\n', `app1 to ${host}`);
    assert.is((await tryOnNode(lab, 'web1', reach(host))).rc, 124, `web1 to ${host}`);
  }
});

test('firewall: others keep their rules, stale ones of its own go', async ({ lab }) => {
  const docker = 'table ip nat { chain DOCKER { counter; }; }';
  await onNode(lab, 'db1', 'nft -f -', docker);
  const inventory = inventoryOf(lab, SHAPE);
  const extra = [{ name: 'probe', ports: ['7777'], to: ['all'], from: ['any', '192.0.2.0/24'] }];
  const more = rolesPlay(lab, [{ role: 'firewall', firewall_extra_rules: extra }], 'db1');
  assert.is((await provision(inventory, more)).code, 0);
  assert.match(await onNode(lab, 'db1', 'nft list table inet ffe'), /7777/);
  assert.is((await provision(inventory, rolesPlay(lab, [{ role: 'firewall' }], 'db1'))).code, 0);
  const rules = await onNode(lab, 'db1', 'nft list ruleset');
  assert.not.match(rules, /7777/);
  assert.match(rules, /chain DOCKER/);
});

test('firewall: rules that lock the operator out are taken back', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const before = await onNode(lab, 'db1', 'cat /etc/ffe-firewall/last.nft');
  const locked = rolesPlay(lab, [{ role: 'firewall', firewall_ssh_sources: ['192.0.2.1'] }], 'db1');
  const ran = await provision(inventory, locked);
  assert.not.equal(ran.code, 0, 'the run says that it cannot get in any more');
  const end = Date.now() + 40_000;
  while ((await tryOnNode(lab, 'db1', 'true')).rc !== 0)
    assert.ok(Date.now() < end, 'the node answers again');
  assert.is(await onNode(lab, 'db1', 'cat /etc/ffe-firewall/last.nft'), before);
  assert.not.match(await onNode(lab, 'db1', 'nft list table inet ffe'), /192\.0\.2\.1/);
  const good = await provision(inventory, rolesPlay(lab, [{ role: 'firewall' }], 'db1'));
  assert.is(good.code, 0, failuresOf(good));
});

test('firewall: it is there after a reboot', async ({ lab }) => {
  await labReboot(lab, 'db1');
  assert.match(
    await onNode(lab, 'db1', 'systemctl is-active ffe-firewall; nft list table inet ffe'),
    /^active\n(.*\n)*.*policy drop/,
  );
});

test('nginx-tls: a broken site changes nothing, and nobody else reads the key', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  assert.is(await onNode(lab, 'web1', 'stat -c %a:%U /etc/ffe-tls/site.key'), '600:root\n');
  const site = await onNode(lab, 'web1', 'cat /etc/nginx/conf.d/ffe.conf');
  const broken = { role: 'nginx-tls', nginx_tls_body_size: 'much' };
  const ran = await provision(inventory, rolesPlay(lab, [broken], 'web1'));
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /nginx_tls_body_size/);
  assert.is(await onNode(lab, 'web1', 'cat /etc/nginx/conf.d/ffe.conf'), site, 'the site stays');
  assert.is((await tryOnNode(lab, 'web1', 'curl -sf http://127.0.0.1/healthz')).stdout, 'ok\n');
});

test('absent undoes all of it', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const roles = ['nginx-tls', 'firewall', 'logrotate', 'common'];
  const absent = roles.map((role) => ({ role, [`${role.replaceAll('-', '_')}_state`]: 'absent' }));
  const playbook = rolesPlay(lab, absent, 'web1');
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  const left =
    'ls -d /etc/*ffe* /etc/*/*ffe* /usr/local/sbin/ffe* 2>/dev/null; grep fleet /etc/hosts; id ffe; nft list tables';
  assert.is((await tryOnNode(lab, 'web1', left)).stdout, '');
  await changesNothing(inventory, playbook);
});

test.run();
