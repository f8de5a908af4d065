import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { FfeError } from '../../../lib/errors/error.js';
import {
  labFreeze,
  labLink,
  labPowerOff,
  labReboot,
  labReset,
  labStart,
  labStatus,
  labThaw,
  labUp,
} from '../../../lib/lab/index.js';
import { namesOf } from '../../../lib/lab/state.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';

const test = fleetSuite('lab: the life of a node', { nodes: 2 });

type Context = Parameters<Parameters<typeof test>[1]>[0];
const states = async ({ lab }: Context) => (await labStatus(lab)).map((node) => node.state);

test('status knows name, address, state, uptime and memory', async ({ lab }) => {
  const [one, two] = await labStatus(lab);
  assert.equal([one!.name, two!.name], ['n1', 'n2']);
  assert.is(one!.address, lab.nodes[0]!.address);
  assert.is(one!.state, 'running');
  assert.ok(one!.uptime! > 0 && one!.uptime! < 600);
  assert.ok(one!.memory! > 1_000_000);
});

test('files and enabled units survive a reboot', async ({ lab }) => {
  await onNode(lab, 'n1', 'echo kept > /etc/kept; systemctl disable -q --now cron');
  const boot = await onNode(lab, 'n1', 'cat /proc/1/stat | cut -d" " -f22; journalctl --list-boots | wc -l');
  await labReboot(lab, 'n1');
  assert.is.not(
    await onNode(lab, 'n1', 'cat /proc/1/stat | cut -d" " -f22; journalctl --list-boots | wc -l'),
    boot,
  );
  assert.is(await onNode(lab, 'n1', 'cat /etc/kept; systemctl is-enabled cron || true'), 'kept\ndisabled\n');
});

test('a reboot from inside works, too', async ({ lab }) => {
  // By the boot's own name: a node that had just started may be up for as long again before it answers.
  const bootId = 'cat /proc/sys/kernel/random/boot_id';
  const before = await onNode(lab, 'n1', bootId);
  await tryOnNode(lab, 'n1', 'systemctl reboot');
  for (let tries = 0; tries < 300; tries++) {
    const { stdout } = await tryOnNode(lab, 'n1', bootId);
    if (stdout !== '' && stdout !== before) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.unreachable('the node did not come back');
});

test('a node without power is off, and starts with its files', async (context) => {
  const { lab } = context;
  await labPowerOff(lab, 'n1');
  assert.equal(await states(context), ['off', 'running']);
  // The link of a node that was killed may be there for a while.
  const { link } = namesOf(lab, lab.nodes[0]!);
  assert.not(existsSync(`/sys/class/net/${link}`));
  execFileSync('ip', ['link', 'add', link, 'type', 'bridge']);
  await labStart(lab, 'n1');
  assert.equal(await states(context), ['running', 'running']);
  assert.is(await onNode(lab, 'n1', 'cat /etc/kept'), 'kept\n');
});

test('up starts what is off and leaves the rest alone', async (context) => {
  const { lab } = context;
  const pid = await onNode(lab, 'n2', 'systemctl show -P MainPID ssh');
  await labPowerOff(lab, 'n1');
  await labUp({ name: lab.name, nodes: lab.nodes, owned: true });
  assert.equal(await states(context), ['running', 'running']);
  assert.is(await onNode(lab, 'n2', 'systemctl show -P MainPID ssh'), pid);
});

test('reset gives the image again under the same host key', async ({ lab }) => {
  await labReset(lab, 'n1');
  assert.is(await onNode(lab, 'n1', 'ls /etc/kept 2>/dev/null; systemctl is-enabled cron'), 'enabled\n');
});

test('a frozen node stands still and goes on', async (context) => {
  const { lab } = context;
  await labFreeze(lab, 'n1');
  assert.equal(await states(context), ['frozen', 'running']);
  await labThaw(lab, 'n1');
  assert.equal(await states(context), ['running', 'running']);
});

test('a node whose link is cut is unreachable until it is plugged in', async (context) => {
  const { lab } = context;
  await labLink(lab, 'n2', 'down');
  assert.equal(await states(context), ['running', 'unreachable']);
  await labLink(lab, 'n2', 'up');
  assert.is(await onNode(lab, 'n2', 'echo back'), 'back\n');
});

test('a node cannot turn the clock, which is this machine’s', async ({ lab }) => {
  // Setting it to what it is does no harm where it works.
  const refused = await tryOnNode(lab, 'n1', 'date -s "@$(date +%s.%N)" 2>&1 >/dev/null');
  assert.is(refused.rc, 1);
  assert.match(refused.stdout, /Operation not permitted/);
  await onNode(lab, 'n1', 'timedatectl set-timezone Europe/Berlin && date +%Z | grep "^CE"');
});

test('units of a node can be killed as on a server', async ({ lab }) => {
  const line = 'systemctl kill -s KILL cron && sleep 1; systemctl restart cron && systemctl is-active cron';
  assert.is(await onNode(lab, 'n1', line), 'active\n');
});

test('a node that does not come up shows the end of its console', async ({ lab }) => {
  await onNode(lab, 'n2', 'echo Nonsense >> /etc/ssh/sshd_config');
  await labPowerOff(lab, 'n2');
  const error = await labStart(lab, 'n2', { limit: 8 }).catch((e: FfeError) => e);
  assert.instance(error, FfeError);
  assert.match((error as FfeError).message, /node n2 \(.*\) did not answer ssh within 8 s/);
  assert.match((error as FfeError).notes.join('\n'), /ssh\.service/);
  await labReset(lab, 'n2');
});

test('a name that the lab does not have', async ({ lab }) => {
  const error = await labReset(lab, 'n3').catch((e: Error) => e);
  assert.match((error as Error).message, /has no node 'n3' \(did you mean 'n1'\?\)/);
});

test.run();
