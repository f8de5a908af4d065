import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { convergesAsForetold } from '../roles/laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay } from '../roles/provision.js';

const ROLE = [{ role: 'logs' }];
const inventory = (lab: Lab, vars = {}) =>
  inventoryOf(lab, { groups: { logs: ['mon'], ca: ['mon'], other: ['seen'] }, vars });

/** A line of sh that waits, 60 seconds at most, until a text stands in the collected log of a node. */
const arrives = (text: string, node: string) =>
  `for _ in $(seq 300); do grep -qs '${text}' /var/log/collected/${node}.log && exit 0; sleep 0.2; done; exit 1`;

const test = fleetSuite('the role logs', {
  nodes: ['mon', 'seen'],
  image: {
    include: ['curl', 'openssl', 'prometheus', 'prometheus-alertmanager', 'prometheus-blackbox-exporter'],
  },
});

test('does what --check foretold, and then nothing', async ({ lab }) => {
  await convergesAsForetold(inventory(lab), rolesPlay(lab, ROLE));
});

test('a line of another node arrives, and one of its own', async ({ lab }) => {
  await onNode(lab, 'seen', 'logger -t probe first-line');
  await onNode(lab, 'mon', arrives('probe.*first-line', 'seen'));
  await onNode(lab, 'mon', 'logger -t probe own-line');
  await onNode(lab, 'mon', arrives('probe.*own-line', 'mon'));
  assert.is(await onNode(lab, 'mon', 'stat -c %a:%G /var/log/collected/seen.log'), '640:adm\n');
});

test('who has no certificate of the authority sends nothing', async ({ lab }) => {
  const send = (options: string, text: string) =>
    `{ echo '<13>1 2026-01-01T00:00:00Z seen probe - - - ${text}'; sleep 1; } | timeout 5 openssl s_client -quiet -connect mon:6514 ${options} 2>&1`;
  const own = '-cert /etc/ffe-tls-logs/node.crt -key /etc/ffe-tls-logs/node.key';
  await tryOnNode(lab, 'seen', send('', 'stranger-line').replace('mon:', `${lab.nodes[0]!.address}:`));
  await tryOnNode(lab, 'seen', send(own, 'known-line').replace('mon:', `${lab.nodes[0]!.address}:`));
  await onNode(lab, 'mon', arrives('known-line', 'seen'));
  assert.is((await tryOnNode(lab, 'mon', 'grep -r stranger-line /var/log/collected')).rc, 1);
});

test('what is logged while the collecting node does not answer arrives later', async ({ lab }) => {
  await onNode(lab, 'mon', 'systemctl stop syslog.socket rsyslog');
  await onNode(lab, 'seen', 'logger -t probe; sleep 1; logger -t probe late-line');
  await onNode(lab, 'mon', 'systemctl start rsyslog');
  await onNode(lab, 'mon', arrives('late-line', 'seen'));
});

test('what is refused names the variable, and the old settings stay', async ({ lab }) => {
  const read = 'sha256sum /etc/rsyslog.d/*; systemctl show -P ActiveEnterTimestamp rsyslog';
  const before = await onNode(lab, 'mon', read);
  for (const [vars, why] of [
    [{ logs_port: 0 }, /logs_port/],
    [{ logs_keep_days: 0 }, /logs_keep_days/],
    [{ logs_group: 'nobody' }, /logs_group/],
  ] as const) {
    const ran = await provision(inventory(lab, vars), rolesPlay(lab, ROLE));
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), why);
  }
  assert.is(await onNode(lab, 'mon', read), before);
});

test('absent removes it', async ({ lab }) => {
  const ran = await provision(inventory(lab), rolesPlay(lab, [{ role: 'logs', logs_state: 'absent' }]));
  assert.is(ran.code, 0, failuresOf(ran));
  const left =
    'ls -d /etc/ffe-tls-logs /etc/rsyslog.d/* /etc/logrotate.d/collected /var/log/collected 2>/dev/null';
  for (const node of ['mon', 'seen']) assert.is((await tryOnNode(lab, node, left)).stdout, '');
});

test.run();
