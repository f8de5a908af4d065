import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { failuresOf, inventoryOf, provision, rolesPlay } from './provision.js';

const PASSWORD = 'correct-horse-battery';
const VARS = {
  common_unattended_upgrades: false,
  firewall_ssh_rate: '600/minute',
  firewall_undo_seconds: 10,
  redis_password: PASSWORD,
  redis_admin_password: `${PASSWORD}-admin`,
  haproxy_postgres: ['edge'],
};
const GROUPS = ['web', 'haproxy', 'redis', 'logs', 'ca'];
const ROLES = ['common', 'logrotate', 'firewall', 'nginx-tls', 'haproxy', 'redis', 'logs'];

/** Everything that a refused run must leave alone: files of settings, and since when services run. */
const STATE = `sha256sum /etc/nginx/nginx.conf /etc/nginx/conf.d/* /etc/ffe-tls/site.* /etc/haproxy/haproxy.cfg /etc/redis/*.conf \
/etc/redis/users.acl /etc/rsyslog.d/* /etc/logrotate.d/ffe-* /etc/ffe-firewall/rules.nft /etc/timezone
readlink /etc/localtime
systemctl is-active nginx haproxy redis-server rsyslog ffe-firewall
systemctl show -P ActiveEnterTimestamp nginx haproxy redis-server rsyslog
curl -sfk https://127.0.0.1/healthz --resolve edge:443:127.0.0.1; curl -sf http://127.0.0.1:7000/healthz; ffe-redis PING`;

const inventory = (lab: Lab, vars = {}) =>
  inventoryOf(lab, {
    groups: Object.fromEntries(GROUPS.map((name) => [name, ['edge']])),
    vars: { ...VARS, ...vars },
  });

/** Certificates for the site `edge`: good ones, one that has ended, one for another name; keys of `a` and `b`. */
function certificates(lab: Lab): (crt: string, key: string) => object {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: lab.dir, stdio: ['ignore', 'ignore', 'ignore'] });
  for (const [name, host] of [
    ['a', 'edge'],
    ['b', 'edge'],
    ['other', 'elsewhere'],
  ] as const) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    const named = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    openssl('req', '-x509', ...key, '-out', `${name}.crt`, '-days', '30', ...named);
  }
  openssl('x509', '-in', 'a.crt', '-signkey', 'a.key', '-days', '-1', '-out', 'ended.crt');
  return (crt, key) => ({
    nginx_tls_certificate: 'files',
    nginx_tls_certificate_file: join(lab.dir, `${crt}.crt`),
    nginx_tls_key_file: join(lab.dir, `${key}.key`),
  });
}

const rotated = (rest: object) => ({
  logrotate_services: [{ name: 'x', paths: ['/var/log/x/*.log'], ...rest }],
});
const opened = (rest: object) => ({
  firewall_extra_rules: [{ name: 'x', ports: ['80'], to: ['all'], from: ['any'], ...rest }],
});

// Each is refused by its role, with these words.
const REFUSED: readonly (readonly [role: string, vars: object, says: RegExp])[] = [
  ['common', { common_timezone: 'Nowhere/Land' }, /common_timezone Nowhere\/Land is not known/],
  ['common', { common_timezone: "Etc/UTC'; id; '" }, /common_timezone/],
  ['logrotate', rotated({ maxsize: 'much' }), /logrotate_services: error: .*unknown unit/],
  ['firewall', opened({ ports: ['99999'] }), /firewall_extra_rules/],
  ['firewall', opened({ ports: ['http'] }), /firewall_extra_rules/],
  ['nginx-tls', { nginx_tls_body_size: 'much' }, /nginx_tls_body_size/],
  ['nginx-tls', { nginx_tls_stream_timeout: 'long' }, /nginx_tls_stream_timeout/],
  ['nginx-tls', { nginx_tls_backends: ['10.0.0.1'] }, /nginx_tls_backends/],
  ['haproxy', { haproxy_stream_timeout: 'long' }, /haproxy_stream_timeout/],
  ['haproxy', { haproxy_postgres_clients: 4001 }, /1 to 4000 haproxy_postgres_clients/],
  ['haproxy', { haproxy_postgres_clients: 0 }, /1 to 4000 haproxy_postgres_clients/],
  ['haproxy', { haproxy_stats_port: 9999 }, /haproxy_stats_port: port 9999 is taken by systemd-socket/],
  [
    'haproxy',
    { haproxy_front: true, haproxy_backends: ['edge'] },
    /haproxy_front.*port 80 is taken by nginx/,
  ],
  ['redis', { redis_port: 9999 }, /redis_port: port 9999 is taken by systemd-socket/],
  ['redis', { redis_password: '' }, /redis_password/],
  ['redis', { redis_parameters: { 'maxmemory-policy': 'none' } }, /redis_parameters/],
  ['logs', { logs_port: 9999 }, /logs_port: port 9999 is taken by systemd-socket/],
];

const test = fleetSuite('roles broken on purpose', { nodes: ['edge'] });

test('the good run', async ({ lab }) => {
  const ran = await provision(
    inventory(lab),
    rolesPlay(
      lab,
      ROLES.map((role) => ({ role })),
    ),
  );
  assert.is(ran.code, 0, failuresOf(ran));
  await onNode(
    lab,
    'edge',
    'systemd-run --quiet --unit=probe systemd-socket-activate -l 9999 --inetd -a echo',
  );
});

/** Runs one role with what is wrong; it must say so, and everything must be as before. */
async function isRefused(lab: Lab, role: string, vars: object, says: RegExp): Promise<void> {
  const before = await onNode(lab, 'edge', STATE);
  const ran = await provision(inventory(lab, vars), rolesPlay(lab, [{ role }]));
  assert.is(ran.code, 2, `${role} ${JSON.stringify(vars)}`);
  assert.match(failuresOf(ran), says);
  assert.not.match(failuresOf(ran), /correct-horse|PRIVATE KEY/);
  assert.is(await onNode(lab, 'edge', STATE), before, `${role} ${JSON.stringify(vars)}: all is as before`);
}

for (const [role, vars, says] of REFUSED)
  test(`${role}: ${JSON.stringify(vars)}`, ({ lab }) => isRefused(lab, role, vars, says));

test('nginx-tls: certificates that cannot serve the site', async ({ lab }) => {
  const given = certificates(lab);
  for (const [crt, key, says] of [
    ['a', 'b', /nginx_tls_key_file is not the key/],
    ['ended', 'a', /nginx_tls_certificate_file is not valid any more: notAfter=/],
    ['other', 'other', /nginx_tls_certificate_file is not for edge/],
    ['a', 'nowhere', /nginx_tls_key_file/],
    ['nowhere', 'a', /nginx_tls_certificate_file/],
  ] as const)
    await isRefused(lab, 'nginx-tls', given(crt, key), says);
  const good = await provision(inventory(lab, given('a', 'a')), rolesPlay(lab, [{ role: 'nginx-tls' }]));
  assert.is(good.code, 0, failuresOf(good));
  const shown =
    'openssl s_client -connect 127.0.0.1:443 -servername edge </dev/null 2>/dev/null | openssl x509';
  assert.is(
    await onNode(lab, 'edge', shown),
    await onNode(lab, 'edge', 'openssl x509 -in /etc/ffe-tls/site.crt'),
  );
});

test('haproxy: a full disk', async ({ lab }) => {
  await onNode(
    lab,
    'edge',
    `cp -a /etc/haproxy /run/was && mount -t tmpfs -o size=64k,mode=755 none /etc/haproxy &&
    cp -a /run/was/. /etc/haproxy/ && dd if=/dev/zero of=/etc/haproxy/fill 2>/dev/null; [ -s /etc/haproxy/haproxy.cfg ]`,
  );
  await isRefused(lab, 'haproxy', { haproxy_stats_port: 7001 }, /haproxy\.cfg.*[Nn]o space left/);
  assert.is(await onNode(lab, 'edge', 'ls /etc/haproxy; umount /etc/haproxy'), 'errors\nfill\nhaproxy.cfg\n');
});

test.run();
