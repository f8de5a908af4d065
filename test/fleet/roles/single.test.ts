import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { convergesAsForetold } from './laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay } from './provision.js';

const SECRETS =
  'pgbouncer_password redis_password redis_admin_password monitoring_password ffe_database_password';
const PASSWORD = 'correct-horse-monitoring_password';
const VARS = {
  common_unattended_upgrades: false,
  firewall_ssh_rate: '600/minute',
  firewall_undo_seconds: 10,
  monitoring_interval: '2s',
  postgres_memory_mb: 256,
  ...Object.fromEntries(SECRETS.split(' ').map((name) => [`vault_${name}`, `correct-horse-${name}`])),
};

// The container engine and backups have tests of their own.
const SKIP = ['--skip-tags', 'docker,backup'];

function single(lab: Lab, vars: Record<string, unknown> = {}): string[] {
  const given = inventoryOf(lab, { groups: {}, vars: { ...VARS, ...vars } });
  return ['-i', join(process.cwd(), 'inventory', 'single.yml'), ...given, ...SKIP];
}

/** A line of sh that waits, 60 seconds at most, until Prometheus has a value for a query. */
function has(query: string): string {
  const ask = `curl -sS --cacert /etc/ffe-tls-monitoring/ca.crt -u prometheus:${PASSWORD} --data-urlencode 'query=${query}' https://127.0.0.1:9090/api/v1/query`;
  return `for _ in $(seq 300); do ${ask} | grep -q '"value"' && exit 0; sleep 0.2; done; exit 1`;
}

const test = fleetSuite('inventory/single.yml', {
  nodes: ['ffe1'],
  image: {
    include: [
      ...['curl', 'openssl', 'prometheus', 'prometheus-alertmanager', 'prometheus-blackbox-exporter'],
      ...['logrotate', 'rsyslog', 'rsyslog-gnutls'],
    ],
  },
});

test('one server gets everything, as --check foretold, and then nothing', async ({ lab }) => {
  const ran = await convergesAsForetold(single(lab), 'playbooks/site.yml');
  assert.not.match(ran.out + ran.err, /correct-horse/);
  const verified = await provision(single(lab), 'playbooks/verify.yml', ...SKIP);
  assert.is(verified.code, 0, failuresOf(verified));
});

for (const query of [
  'pg_up == 1',
  'redis_up == 1',
  'pgbouncer_up == 1',
  'pgbouncer_pools_maxwait',
  'pg_stat_activity_count',
])
  test(`monitoring: ${query}`, async ({ lab }) => {
    await onNode(lab, 'ffe1', has(query));
  });

test('logs: a line of the server stands among the collected ones', async ({ lab }) => {
  await onNode(lab, 'ffe1', 'logger -t probe single-line');
  const arrives =
    'for _ in $(seq 300); do grep -qs "probe.*single-line" /var/log/collected/ffe1.log && exit 0; sleep 0.2; done; exit 1';
  await onNode(lab, 'ffe1', arrives);
});

test('monitoring: exporters answer Prometheus alone', async ({ lab }) => {
  const ask = (port: number) => `curl -sk -o /dev/null -w '%{http_code}' https://127.0.0.1:${port}/metrics`;
  assert.is((await tryOnNode(lab, 'ffe1', ask(9187))).stdout, '401');
  assert.is((await tryOnNode(lab, 'ffe1', ask(9121))).stdout, '000');
});

test('monitoring: what its role in the database may not read', async ({ lab }) => {
  const ask = `PGPASSWORD=${PASSWORD} psql -XAtqw -h /run/postgresql -U ffe_monitor -d postgres -c`;
  assert.is(await onNode(lab, 'ffe1', `${ask} 'select count(*) > 0 from pg_stat_activity'`), 't\n');
  assert.match(
    (await tryOnNode(lab, 'ffe1', `${ask} 'select rolpassword from pg_authid'`)).stderr,
    /permission denied/,
  );
});

test('monitoring: a missing password of Redis is named before anything changes', async ({ lab }) => {
  const ran = await provision(
    single(lab, { monitoring_redis_password: '' }),
    rolesPlay(lab, [{ role: 'monitoring' }]),
  );
  assert.is(ran.code, 2);
  assert.match(failuresOf(ran), /monitoring_redis_password/);
});

test('verify.yml finds what is broken', async ({ lab }) => {
  const broken = [
    ['pgbouncer', 'PgBouncer'],
    ['nginx', 'Web server'],
    ['prometheus', 'Targets'],
    ['syslog.socket rsyslog', 'Each node'],
  ] as const;
  for (const [unit, task] of broken) {
    await onNode(lab, 'ffe1', `systemctl stop ${unit}`);
    const ran = await provision(single(lab), 'playbooks/verify.yml', ...SKIP);
    await onNode(lab, 'ffe1', `systemctl start ${unit}`);
    assert.is(ran.code, 2, unit);
    assert.match(failuresOf(ran), new RegExp(`ffe1: ${task}`));
  }
});

test('absent removes all of it', async ({ lab }) => {
  const roles = [
    'monitoring',
    'logs',
    'redis',
    'pgbouncer',
    'postgres',
    'nginx-tls',
    'firewall',
    'logrotate',
    'common',
  ];
  const absent = roles.map((role) => ({ role, [`${role.replaceAll('-', '_')}_state`]: 'absent' }));
  const playbook = rolesPlay(lab, [
    ...absent.map((role) => (role.role === 'postgres' ? { ...role, postgres_destroy_data: true } : role)),
  ]);
  const ran = await provision(single(lab), playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  const left =
    'ls -d /etc/*ffe* /etc/*/*ffe* /usr/local/sbin/* /etc/prometheus /etc/redis /etc/pgbouncer /etc/nginx /etc/rsyslog.d/10* /var/log/collected 2>/dev/null; which psql redis-server promtool nginx';
  assert.is((await tryOnNode(lab, 'ffe1', left)).stdout, '/etc/ffe-ca\n');
});

test.run();
