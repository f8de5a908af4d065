import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { command, lastLines, succeeds } from '../../lib/lab/command.js';

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => new Error('no error'),
    (error: unknown) => error,
  );
}

test('gives standard output, takes standard input', async () => {
  assert.is(await command(['cat'], { input: 'a\nb' }), 'a\nb');
});

test('arguments reach the program as they are', async () => {
  assert.is(await command(['printf', '%s|', '$HOME', "it's", 'a b']), "$HOME|it's|a b|");
});

test('a failure carries the last words', async () => {
  const error = await errorOf(command(['sh', '-c', 'echo one >&2; echo two >&2; exit 3']));
  assert.instance(error, FfeError);
  assert.match((error as FfeError).message, /sh ended with 3/);
  assert.equal((error as FfeError).notes.slice(1), ['one', 'two']);
});

test('a program that is missing rejects', async () => {
  assert.match(String(await errorOf(command(['no-such-program-here']))), /ENOENT/);
});

test('a program that takes too long is ended with its children', async () => {
  // A child that lived on would hold the output open until it is killed, and that reports SIGKILL or takes a minute.
  const error = await errorOf(command(['sh', '-c', 'sleep 60 & wait'], { timeout: 0.2 }));
  assert.match((error as FfeError).message, /ended by SIGTERM/);
});

test('a signal cancels, before and while it runs', async () => {
  const stop = new AbortController();
  const running = errorOf(command(['sleep', '60'], { signal: stop.signal }));
  stop.abort();
  assert.is(((await running) as Error).name, 'AbortError');
  assert.is(((await errorOf(command(['true'], { signal: stop.signal }))) as Error).name, 'AbortError');
});

test('a program that does not read its input is no error', async () => {
  assert.is(await command(['true'], { input: 'x'.repeat(1_000_000) }), '');
});

test('succeeds tells the exit code only', async () => {
  assert.is(await succeeds(['true']), true);
  assert.is(await succeeds(['false']), false);
});

test('last lines leave out empty ones', () => {
  assert.equal(lastLines('a\n\nb\n  \nc\n', 2), ['b', 'c']);
});

test.run();
