import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Become } from '../../../lib/node/become.js';
import { fleetSuite, onNode } from '../fleet.js';
import { failure, operatorPassword, say, targetOf, withFolder, withNode } from './reach.js';

const test = fleetSuite('node: transfers', { nodes: 1 });

const root: Become = { method: 'sudo', user: 'root' };
const MEGABYTE = 1_000_000;

test('50 MB there and back, with flat memory and progress, as login and as become user', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'big');
    const back = join(folder, 'back');
    writeFileSync(file, Buffer.alloc(50 * MEGABYTE, randomBytes(99_991)));
    const size = statSync(file).size;
    await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
      for (const as of [undefined, root]) {
        const to = as === undefined ? '/tmp/big' : '/root/big';
        const before = process.memoryUsage().rss;
        const seen: number[] = [];
        let top = 0;
        const onProgress = (bytes: number) => {
          seen.push(bytes);
          top = Math.max(top, process.memoryUsage().rss - before);
        };
        await node.upload(file, to, { as, mode: 0o640, onProgress });
        await node.download(to, back, { as, onProgress });
        assert.ok(readFileSync(file).equals(readFileSync(back)));
        assert.is(seen.filter((bytes) => bytes === size).length, 2);
        assert.ok(top < 100 * MEGABYTE, `memory grew by ${top} bytes`);
        assert.is(await say(node, `stat -c '%a %U %s' ${to}`, as), `640 ${as?.user ?? 'admin'} ${size}\n`);
      }
    });
  });
});

test('a slow reader makes the node wait instead of filling memory', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1'), async (node) => {
    const running = await node.spawn({ line: 'head -c 60000000 /dev/zero; echo >&2 all written' });
    let finished = false;
    running.stderr.on('data', () => {
      finished = true;
    });
    await new Promise((done) => setTimeout(done, 1000));
    assert.not(finished);
    let bytes = 0;
    for await (const chunk of running.stdout) bytes += (chunk as Buffer).length;
    assert.is(bytes, 60_000_000);
    assert.is((await running.done).rc, 0);
  });
});

test('what fails says why, and leaves no half file here', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'file');
    writeFileSync(file, randomBytes(2 * MEGABYTE));
    await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
      const message = async (work: Promise<void>) => (await failure(work)).message;
      assert.match(await message(node.upload(file, '/no/where')), /cannot upload .*nonexistent/);
      assert.match(await message(node.upload(file, '/root/x')), /Permission denied/);
      assert.match(await message(node.upload(file, '/dev/full')), /No space left on device/);
      assert.match(await message(node.upload(join(folder, 'none'), '/tmp/x')), /does not exist/);
      assert.match(await message(node.download('/no/where', join(folder, 'x'))), /No such file/);
      assert.match(await message(node.download('/etc/shadow', join(folder, 'x'))), /Permission denied/);
      assert.match(await message(node.download('/etc/hostname', '/no/where/x')), /ENOENT/);
      assert.equal(readdirSync(folder), ['file']);
      assert.is(await say(node, 'echo fine'), 'fine\n');
    });
  });
});

test('a transfer can be cancelled, and breaks when the connection does', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1'), async (node) => {
    await withFolder(async (folder) => {
      const abort = new AbortController();
      const slow = node.download('/dev/zero', join(folder, 'x'), {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      assert.is((await failure(slow)).code, 'task');
      const trickle =
        'mkfifo /tmp/slow; setsid sh -c "while sleep 0.1; do echo x; done >/tmp/slow" >/dev/null 2>&1 &';
      await onNode(lab, 'n1', trickle);
      const lost = failure(node.download('/tmp/slow', join(folder, 'y')));
      await new Promise((done) => setTimeout(done, 300));
      await onNode(
        lab,
        'n1',
        'for p in $(pgrep -f "^sshd: root@notty"); do [ $p = $PPID ] || kill -9 $p; done',
      );
      assert.is((await lost).code, 'unreachable');
      assert.not(existsSync(join(folder, 'x')) || existsSync(join(folder, 'y')));
    });
    // A reader notices at its next line that nobody listens any more.
    const left = 'pgrep -fx "cat -- /(dev/zero|tmp/slow)"';
    const ended = `for i in $(seq 100); do ${left} >/dev/null || break; sleep 0.1; done; ${left} || echo none`;
    assert.is(await say(node, ended), 'none\n');
  });
});

test('with a password for sudo', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1', { user: 'operator' }), async (node) => {
    const as = { ...root, password: operatorPassword(lab) };
    await node.upload('/etc/hostname', '/root/name', { as });
    assert.is(await say(node, 'cat /root/name', as), readFileSync('/etc/hostname', 'utf8'));
  });
});

test.run();
