import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { createConnection } from '../../lib/node/connect.js';
import type { Connection } from '../../lib/node/connection.js';
import type { Shell } from '../../lib/node/shell.js';

async function withLocal<T>(work: (node: Connection) => Promise<T>, shell?: string): Promise<T> {
  const node = createConnection({ name: 'here', connection: 'local', shell });
  try {
    return await work(node);
  } finally {
    await node.close();
  }
}

async function failure(work: Promise<unknown>): Promise<FfeError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof FfeError) return error;
  throw error;
}

const SHELLS = ['/bin/sh', '/bin/dash', '/bin/bash', '/bin/busybox'].filter((file) => existsSync(file));
const running = (line: string) => {
  try {
    return execFileSync('pgrep', ['-fx', line], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};

async function roundTrip(shell: Shell, input: Uint8Array, rc: number): Promise<void> {
  const reply = await shell.run({ text: `tee /proc/self/fd/2; exit ${rc}`, input });
  assert.is(reply.rc, rc);
  assert.ok(reply.stdout.equals(input));
  assert.ok(reply.stderr.equals(input));
}

for (const file of SHELLS.filter((one) => one !== '/bin/busybox'))
  test(`${file}: any bytes and any text go in and come back`, () =>
    withLocal(async (node) => {
      const shell = await node.shell();
      const text = fc.string({ unit: 'binary', maxLength: 300 }).map((one) => Buffer.from(one));
      const input = fc.oneof(fc.uint8Array({ maxLength: 300 }), text);
      const codes = fc.integer({ min: 0, max: 255 });
      await fc.assert(
        fc.asyncProperty(input, codes, (bytes, rc) => roundTrip(shell, bytes, rc)),
        { numRuns: 40 },
      );
      await roundTrip(shell, randomBytes(70_000), 1);
      await roundTrip(shell, Buffer.alloc(70_000, "it's\n"), 2);
    }, file));

/** Scripts that try to break out of their frame. The next script must find everything as it was. */
const NASTY: readonly string[] = [
  'exit 3',
  'exec true',
  '(',
  "echo 'open",
  'cat <<X\nno end',
  'exec >&- 2>&- </dev/null',
  'cd /; umask 0; set -eu; echo $nothing',
  'exec cat',
  'read -r a b; read -r c',
  'trap "echo trap" EXIT; false',
  "kill -9 $(sh -c 'echo $PPID')",
  'printf "%s" "$(cat /proc/$$/cmdline | tr "\\0" " ")"',
  '{ sleep 0.05; echo late; } &',
  'return 5',
  'while :; do break 9; done; continue',
];

for (const text of NASTY)
  test(`framing survives: ${text.slice(0, 40).replace(/\n/g, ' ')}`, () =>
    withLocal(async (node) => {
      const shell = await node.shell();
      const input = Buffer.from('left over\n'.repeat(20_000));
      await shell.run({ text });
      await shell.run({ text, input });
      const next = await shell.run({ text: 'umask; echo $-; echo "<$(cat)>"', input: Buffer.from('mine') });
      const [umask, flags, read] = next.stdout.toString().replace('late\n', '').split('\n');
      assert.equal([umask, read, next.rc], ['0077', '<mine>', 0]);
      assert.not.match(flags!, /[eu]/);
    }));

test('exit code, both streams, directory and environment of commands', () =>
  withLocal(async (node) => {
    const command = { line: 'pwd; echo "$A" >&2; exit 9', cwd: '/tmp', env: { A: "it's\n$HOME" } };
    for (const result of [await node.run(command), await node.exec(command)]) {
      assert.equal([result.rc, `${result.stdout}`, `${result.stderr}`], [9, '/tmp\n', "it's\n$HOME\n"]);
    }
    const argv = ['printf', '[%s]', 'a b', '', "'", '$x', 'é', '-n'];
    for (const result of [await node.run({ argv }), await node.exec({ argv })])
      assert.is(`${result.stdout}`, "[a b][]['][$x][é][-n]");
    const missing = await node.exec({ argv: ['no-such-program'] });
    assert.equal([missing.rc, /not found/.test(`${missing.stderr}`)], [127, true]);
    const nowhere = await node.run({ argv: ['true'], cwd: '/dev/null/x' });
    assert.is(nowhere.rc, 1);
  }));

test('commands keep the login’s umask, scripts have a strict one', () =>
  withLocal(async (node) => {
    const outside = execFileSync('sh', ['-c', 'umask'], { encoding: 'utf8' });
    assert.is(`${(await node.run({ line: 'umask' })).stdout}`, outside);
    assert.is(`${(await node.exec({ line: 'umask' })).stdout}`, outside);
    assert.is(`${(await (await node.shell()).run({ text: 'umask' })).stdout}`, '0077\n');
  }));

test('a command by a signal, and output as it arrives', () =>
  withLocal(async (node) => {
    const killed = await node.exec({ line: 'kill -TERM $$' });
    assert.equal([killed.rc, `${killed.stderr}`], [143, '']);
    const seen: string[] = [];
    const onOutput = (stream: string, chunk: Buffer) => seen.push(`${stream} ${chunk}`);
    await node.exec({ line: 'echo a; sleep 0.1; echo b >&2', onOutput });
    assert.equal(seen, ['stdout a\n', 'stderr b\n']);
  }));

test('a program that closes early, and one that leaves its output open', () =>
  withLocal(async (node) => {
    const stdin = Buffer.alloc(5_000_000);
    assert.is((await node.exec({ argv: ['true'], stdin })).rc, 0);
    const left = await node.exec({ line: 'sleep 5 & echo started' });
    assert.equal([left.rc, `${left.stdout}`], [0, 'started\n']);
  }));

test('timeouts and cancelling leave nothing running', () =>
  withLocal(async (node) => {
    const late = await node.exec({ line: 'echo begun; sleep 4721 & sleep 4721', timeout: 0.3 });
    assert.equal([late.rc, late.timedOut, `${late.stdout}`], [124, true, 'begun\n']);
    const abort = new AbortController();
    const calls = [
      failure(node.exec({ argv: ['sleep', '4721'], signal: abort.signal })),
      failure(node.run({ argv: ['sleep', '4721'], signal: abort.signal })),
    ];
    setTimeout(() => abort.abort(), 200);
    for (const error of await Promise.all(calls))
      assert.match(error.message, /here: the command was cancelled/);
    assert.match((await failure(node.exec({ argv: ['true'], signal: abort.signal }))).message, /cancelled/);
    assert.match((await failure(node.run({ argv: ['true'], signal: abort.signal }))).message, /cancelled/);
    const shell = await node.shell();
    assert.match((await failure(shell.run({ text: 'sleep 4721', timeout: 0.2 }))).message, /timed out/);
    assert.is(running('sleep 4721'), '');
    assert.is(`${(await shell.run({ text: 'echo on' })).stdout}`, 'on\n');
  }));

test('becoming another user works here too', async () => {
  if (userInfo().username !== 'root') return;
  await withLocal(async (node) => {
    const shell = await node.shell({ method: 'su', user: 'daemon' });
    assert.is(`${(await shell.run({ text: 'id -un' })).stdout}`, 'daemon\n');
  });
});

test('files are copied, and appear only when complete', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-local-'));
  try {
    await withLocal(async (node) => {
      const [from, to, back] = ['from', "it's to", 'back'].map((name) => join(folder, name));
      writeFileSync(from!, randomBytes(1_000_000));
      const seen: number[] = [];
      await node.upload(from!, to!, { onProgress: (bytes) => seen.push(bytes) });
      await node.download(to!, back!);
      assert.ok(readFileSync(from!).equals(readFileSync(back!)));
      assert.is(seen.at(-1), 1_000_000);
      assert.is((await failure(node.download(join(folder, 'none'), join(folder, 'x')))).code, 'task');
      assert.not(existsSync(join(folder, 'x')));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a closed connection stays closed, a reset one does not', async () => {
  const node = createConnection({ name: 'here', connection: 'local' });
  assert.is(await node.user(), userInfo().username);
  const shell = await node.shell();
  assert.ok(shell.alive);
  await node.reset();
  assert.not(shell.alive);
  assert.is(`${(await shell.run({ text: 'echo again' })).stdout}`, 'again\n');
  await node.close();
  assert.is((await failure(shell.run({ text: 'true' }))).code, 'unreachable');
});

test('output that nobody reads any more holds no program back', () =>
  withLocal(async (node) => {
    const flood = await node.spawn({ line: 'cat /dev/zero' });
    await new Promise((done) => flood.stdout.once('data', done));
    (flood.stdout as Readable).destroy();
    await flood.kill();
    assert.is((await flood.done).signal, 'SIGTERM');
    const short = await node.spawn({ line: 'head -c 5000000 /dev/zero; exit 3' });
    (short.stdout as Readable).destroy();
    assert.is((await short.done).rc, 3);
  }));

test.run();
