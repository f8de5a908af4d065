import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';

const PASSWORD = 'correct-horse-prometheus';
const HOOK = 'correct-horse-hook';
const ROLE = [{ role: 'monitoring' }];
const TIMES = { monitoring_interval: '2s', monitoring_group_wait: '1s' };

function fleet(lab: Lab, vars: Record<string, unknown> = {}): Shape {
  const seen = lab.nodes.find(({ name }) => name === 'seen')!.address;
  return {
    groups: { monitoring: ['mon'], ca: ['mon'], other: ['seen'] },
    vars: {
      monitoring_password: PASSWORD,
      monitoring_webhooks: [{ url: `http://${seen}:8099/`, secret: HOOK }],
      monitoring_telegram: { bot_token: '1:correct-horse-bot', chat_id: -7 },
      monitoring_rules: [{ alert: 'SeenIsDown', expr: 'up{job="node", instance="seen"} == 0' }],
      ...TIMES,
      ...vars,
    },
  };
}

// Writes down each request, headers and body, and answers 200.
const RECEIVER = `
use IO::Socket::INET;
my $door = IO::Socket::INET->new(LocalPort => 8099, Listen => 5, ReuseAddr => 1) or die;
while (my $in = $door->accept) {
  my ($length, $text) = (0, '');
  while (<$in>) { $text .= $_; $length = $1 if /^content-length: (\\d+)/i; last if /^\\r?$/ }
  read $in, my $body, $length;
  open my $out, '>>', '/var/tmp/hook'; print $out "$text$body\\n"; close $out;
  print $in "HTTP/1.0 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n"; close $in;
}`;

/** A line of sh that waits, 60 seconds at most, until another one succeeds. */
const until = (line: string) => `for _ in $(seq 300); do ${line} && exit 0; sleep 0.2; done; exit 1`;

const curl = `curl -sS --cacert /etc/ffe-tls-monitoring/ca.crt`;
const query = (text: string) =>
  `${curl} -u prometheus:${PASSWORD} --data-urlencode 'query=${text}' https://127.0.0.1:9090/api/v1/query`;

const test = fleetSuite('the role monitoring', {
  nodes: ['mon', 'seen'],
  image: {
    include: ['curl', 'openssl', 'prometheus', 'prometheus-alertmanager', 'prometheus-blackbox-exporter'],
  },
});

test('does what --check foretold, and then nothing', async ({ lab }) => {
  await onNode(lab, 'seen', 'cat > /root/receiver.pl && systemd-run -q perl /root/receiver.pl', RECEIVER);
  const ran = await convergesAsForetold(inventoryOf(lab, fleet(lab)), rolesPlay(lab, ROLE));
  assert.not.match(ran.out + ran.err, /correct-horse/);
});

test('every target is asked, over TLS and by its password only', async ({ lab }) => {
  const up = (text: string) => onNode(lab, 'mon', until(`${query(text)} | grep -q '"value"'`));
  await up('count(up{job="node"} == 1) == 2');
  await up('up{job="alertmanager"} == 1');
  await up('probe_ssl_earliest_cert_expiry{instance="seen:9100"} > time()');
  const code = `-o /dev/null -w '%{http_code}'`;
  assert.is(await onNode(lab, 'seen', `${curl} ${code} https://127.0.0.1:9100/metrics`), '401');
  assert.is((await tryOnNode(lab, 'mon', `curl -sf http://127.0.0.1:9100/metrics`)).rc, 22);
  for (const port of [9090, 9093])
    assert.is(await onNode(lab, 'mon', `${curl} ${code} https://127.0.0.1:${port}/-/healthy`), '401');
  assert.is(
    await onNode(lab, 'mon', 'stat -c %a /etc/prometheus/password /etc/prometheus/alertmanager.yml'),
    '640\n640\n',
  );
});

test('alerts link to runbooks that Prometheus shows', async ({ lab }) => {
  const rules = await onNode(lab, 'mon', 'cat /etc/prometheus/ffe.rules.yml');
  assert.match(rules, /runbook_url: https:\/\/10[.\d]+:9090\/consoles\/runbooks\.html#ClockSkew$/m);
  const page = await onNode(
    lab,
    'mon',
    `${curl} -u prometheus:${PASSWORD} https://127.0.0.1:9090/consoles/runbooks.html`,
  );
  assert.match(page, /<pre id="ClockSkew">\n# ClockSkew\n/);
});

test('the alerts fire when they should', async ({ lab }) => {
  const to = (path: string) => `cat > /root/rules/${path}`;
  await onNode(
    lab,
    'mon',
    `mkdir -p /root/rules && ${to('ffe.rules.yml')}`,
    readFileSync('roles/monitoring/files/ffe.rules.yml', 'utf8'),
  );
  const cases = readFileSync(join(import.meta.dirname, 'rules.yaml'), 'utf8');
  await onNode(
    lab,
    'mon',
    `${to('rules.yml')} && cd /root/rules && promtool test rules rules.yml 1>&2`,
    cases,
  );
});

test('a firing alert reaches the webhook, with its secret', async ({ lab }) => {
  await onNode(lab, 'seen', until('grep -qs \'"alertname":"Watchdog"\' /var/tmp/hook'));
  await onNode(lab, 'seen', `grep -q 'Authorization: Bearer ${HOOK}' /var/tmp/hook`);
  await onNode(lab, 'seen', 'systemctl stop prometheus-node-exporter');
  await onNode(lab, 'seen', until('grep -q SeenIsDown /var/tmp/hook'));
  await onNode(lab, 'seen', 'systemctl start prometheus-node-exporter');
});

test('what is refused names the variable, and the services go on', async ({ lab }) => {
  const read =
    'cat /etc/prometheus/*.yml | sha256sum; systemctl show -P ActiveEnterTimestamp prometheus prometheus-alertmanager';
  const before = await onNode(lab, 'mon', read);
  const cases = [
    [{ monitoring_rules: [{ alert: 'Wrong', expr: 'up ==' }] }, /monitoring_rules is refused/],
    [{ monitoring_mail: { to: 'a@b', from: 'c@d', smarthost: 'nowhere' } }, /monitoring_mail is refused/],
    [{ monitoring_password: 'short' }, /monitoring_password of 12/],
    [{ monitoring_retention: 'long' }, /monitoring_retention/],
  ] as const;
  for (const [vars, why] of cases) {
    const ran = await provision(inventoryOf(lab, fleet(lab, vars)), rolesPlay(lab, ROLE));
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), why);
    assert.is(await onNode(lab, 'mon', read), before);
  }
});

test('absent removes it', async ({ lab }) => {
  const inventory = inventoryOf(lab, fleet(lab));
  const playbook = rolesPlay(lab, [{ role: 'monitoring', monitoring_state: 'absent' }]);
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  const left =
    'ls -d /etc/prometheus /etc/ffe-tls-monitoring /etc/default/prometheus* 2>/dev/null; which promtool';
  assert.is((await tryOnNode(lab, 'mon', left)).stdout, '');
  await changesNothing(inventory, playbook);
});

test.run();
