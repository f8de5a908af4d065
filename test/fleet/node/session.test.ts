import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type Lab, labFreeze, labReboot, labThaw } from '../../../lib/lab/index.js';
import type { Connection } from '../../../lib/node/connection.js';
import type { Shell } from '../../../lib/node/shell.js';
import { fleetSuite, onNode } from '../fleet.js';
import { failure, say, targetOf, withNode } from './reach.js';

const test = fleetSuite('node: the shell', { nodes: 1 });

const onFirst = <T>(lab: Lab, work: (node: Connection) => Promise<T>) => withNode(targetOf(lab, 'n1'), work);
const soon = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('any bytes go in and come back, with exit code and both streams, in every shell', async ({ lab }) => {
  await onNode(lab, 'n1', 'apt-get install -q -y --no-install-recommends busybox-static');
  await onNode(lab, 'n1', 'mkdir /opt/busybox; ln -s /bin/busybox /opt/busybox/sh');
  for (const shell of ['/bin/sh', '/bin/bash', '/opt/busybox/sh']) {
    await withNode(targetOf(lab, 'n1', { shell }), async (node) => {
      await roundTrips(await node.shell(), 25);
      const input = randomBytes(200_000);
      assert.ok((await node.exec({ argv: ['cat'], stdin: input })).stdout.equals(input));
      assert.equal((await node.run({ line: 'echo "$A"; exit 7', env: { A: "it's" } })).rc, 7);
    });
  }
});

async function roundTrips(shell: Shell, numRuns: number): Promise<void> {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ minLength: 5000, maxLength: 9000 }),
  );
  const text = fc.string({ unit: 'binary', maxLength: 200 }).map((one) => Buffer.from(one));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, text), fc.integer({ min: 0, max: 255 }), async (input, rc) => {
      const reply = await shell.run({ text: `tee /proc/self/fd/2; exit ${rc}`, input });
      assert.is(reply.rc, rc);
      assert.ok(reply.stdout.equals(input));
      assert.ok(reply.stderr.equals(input));
    }),
    { numRuns },
  );
  const big = randomBytes(2_000_000);
  assert.ok((await shell.run({ text: 'cat', input: big })).stdout.equals(big));
  assert.is((await shell.run({ text: 'head -c 10 >/dev/null', input: big })).rc, 0);
  assert.is((await shell.run({ text: 'echo in step' })).stdout.toString(), 'in step\n');
}

test('scripts written at the same time answer each its own', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const shell = await node.shell();
    const numbers = Array.from({ length: 50 }, (_, i) => i);
    const replies = await Promise.all(
      numbers.map((i) => shell.run({ text: `cat; echo ${i} >&2; exit ${i}`, input: Buffer.from(`${i}`) })),
    );
    for (const i of numbers) {
      assert.equal([replies[i]!.rc, `${replies[i]!.stdout}`, `${replies[i]!.stderr}`], [i, `${i}`, `${i}\n`]);
    }
  });
});

test('a script that kills its shell fails alone; the next one gets a new shell', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const shell = await node.shell();
    for (const text of ['kill -9 $$', 'kill -TERM $$; sleep 5']) {
      const error = await failure(shell.run({ text }));
      assert.is(error.code, 'task');
      assert.match(error.message, /n1: the shell ended while a script ran/);
      assert.is((await shell.run({ text: 'echo again' })).stdout.toString(), 'again\n');
    }
  });
});

test('sshd’s child killed in the middle: unreachable, then connected anew', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const shell = await node.shell();
    await shell.run({ text: 'true' });
    const running = failure(shell.run({ text: 'sleep 60' }));
    const command = failure(node.exec({ argv: ['sleep', '60'] }));
    await soon(200);
    await onNode(
      lab,
      'n1',
      'for p in $(pgrep -f "^sshd: root@notty"); do [ $p = $PPID ] || kill -9 $p; done',
    );
    for (const error of await Promise.all([running, command])) {
      assert.is(error.code, 'unreachable');
      assert.match(error.message, /n1 \(.*\): the connection was lost/);
    }
    assert.is((await shell.run({ text: 'echo back' })).stdout.toString(), 'back\n');
  });
});

test('a timeout ends the script and all it started', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const shell = await node.shell();
    const error = await failure(shell.run({ text: 'sleep 4712 & sleep 4712', timeout: 0.3 }));
    assert.is(error.code, 'task');
    assert.match(error.message, /timed out after 0.3 s/);
    const queued = await Promise.all([
      failure(shell.run({ text: 'sleep 60', timeout: 0.2 })),
      failure(shell.run({ text: 'echo never' })),
    ]);
    assert.equal(
      queued.map((one) => one.code),
      ['task', 'task'],
    );
    await soon(500);
    assert.is(await say(node, 'pgrep -fx "sleep 4712" || echo none'), 'none\n');
  });
});

test('what a command leaves behind cannot write into later answers', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    for (let i = 0; i < 5; i++) {
      const line = '(while sleep 0.01; do echo stray; echo stray >&2; done) & echo mine';
      // What is written before the answer is read belongs to this command.
      assert.match((await node.run({ line })).stdout.toString(), /^mine\n(stray\n)*$/);
      await soon(50);
      const reply = await (await node.shell()).run({ text: 'sleep 0.1; echo clean' });
      assert.equal([`${reply.stdout}`, `${reply.stderr}`], ['clean\n', '']);
    }
  });
});

test('close ends what is running', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const running = failure(node.run({ argv: ['sleep', '4713'] }));
    await soon(200);
    await node.close();
    assert.is((await running).code, 'unreachable');
    assert.is((await failure(node.shell())).message, 'n1: the connection was closed');
  });
  assert.is(await onNode(lab, 'n1', 'pgrep -fx "sleep 4713" || echo none'), 'none\n');
});

test('more commands at once than sshd allows sessions', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const numbers = Array.from({ length: 25 }, (_, i) => i);
    const results = await Promise.all(numbers.map((i) => node.exec({ line: `sleep 0.5; echo ${i}` })));
    assert.equal(
      results.map((one) => Number(one.stdout)),
      numbers,
    );
    const users = [
      'daemon',
      'bin',
      'sys',
      'games',
      'man',
      'lp',
      'mail',
      'news',
      'uucp',
      'proxy',
      'backup',
      'list',
    ];
    const names = await Promise.all(users.map((user) => say(node, 'id -un', { method: 'sudo', user })));
    assert.equal(
      names,
      users.map((user) => `${user}\n`),
    );
  });
});

test('a frozen node is given up after its keepalives, and reached again when it thaws', async ({ lab }) => {
  const target = targetOf(lab, 'n1', { keepalive: { interval: 0.3, count: 2 }, timeout: 2 });
  await withNode(target, async (node) => {
    const shell = await node.shell();
    await shell.run({ text: 'true' });
    await labFreeze(lab, 'n1');
    try {
      const error = await failure(shell.run({ text: 'echo hello' }));
      assert.is(error.code, 'unreachable');
      assert.match(error.message, /the connection was lost \(keepalive timeout\)/);
      assert.match((await failure(shell.run({ text: 'true' }))).message, /timed out after 2 s/);
    } finally {
      await labThaw(lab, 'n1');
    }
    assert.is((await shell.run({ text: 'echo thawed' })).stdout.toString(), 'thawed\n');
  });
});

test('a rebooted node is reached again over the same connection', async ({ lab }) => {
  await onFirst(lab, async (node) => {
    const line = 'test -e /run/mark || echo gone; touch /run/mark';
    assert.is(await say(node, line), 'gone\n');
    await labReboot(lab, 'n1');
    // The loss may be noticed only by this call; then the next one connects.
    const after = await say(node, line).catch(() => say(node, line));
    assert.is(after, 'gone\n');
  });
});

test.run();
