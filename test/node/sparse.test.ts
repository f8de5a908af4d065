import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hasHoles, piecesOf, receiverScript } from '../../lib/node/sparse.js';
import { withScratch } from './scratch.js';

const PIECE = 1024 * 1024;

async function stream(file: string, holes: boolean, seen: number[] = []): Promise<Buffer> {
  const handle = await open(file);
  try {
    const pieces: Buffer[] = [];
    for await (const piece of piecesOf(handle, holes, (bytes) => seen.push(bytes))) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await handle.close();
  }
}

// A receiver may give up before it has read anything: what counts is how it ended.
function receive(to: string, input: Buffer): void {
  const { status, stderr } = spawnSync('sh', ['-c', receiverScript(to)], { input });
  if (status !== 0) throw new Error(String(stderr));
}

function writeAt(file: string, text: string, at: number): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, text, at);
  closeSync(fd);
}

/** A file of parts: text at places of its own, and a size that may lie behind the last. */
function writeParts(file: string, parts: Readonly<Record<number, string>>, size: number): void {
  writeFileSync(file, '');
  truncateSync(file, size);
  for (const [at, text] of Object.entries(parts)) writeAt(file, text, Number(at));
}

const FILES: Readonly<Record<string, readonly [parts: Readonly<Record<number, string>>, size: number]>> = {
  'nothing at all': [{}, 0],
  'one byte': [{ 0: 'x' }, 1],
  'an end that is not a whole piece': [{ 0: 'a', [2 * PIECE]: 'b' }, 2 * PIECE + 3],
  'only a hole': [{}, 5 * PIECE + 7],
  'a hole before, between and behind': [{ [PIECE - 1]: 'ab', [4 * PIECE]: 'd 0 5\nz 1 2\n' }, 7 * PIECE],
};

for (const [name, [parts, size]] of Object.entries(FILES))
  test(`${name} arrives as it is`, () =>
    withScratch(async ({ dir }) => {
      const [from, to] = [join(dir, 'from'), join(dir, "to 'there'\n")];
      writeParts(from, parts, size);
      for (const holes of [true, false]) {
        writeFileSync(to, 'something longer that was there before'.repeat(9));
        const seen: number[] = [];
        receive(to, await stream(from, holes, seen));
        assert.ok(readFileSync(to).equals(readFileSync(from)));
        assert.is(seen.at(-1) ?? 0, size);
        if (size > PIECE) assert.is(hasHoles(statSync(to)), holes);
      }
    }));

test('zeros do not travel', () =>
  withScratch(async ({ dir }) => {
    const file = join(dir, 'file');
    writeParts(file, { 0: 'x' }, 64 * PIECE);
    assert.ok((await stream(file, false)).length < PIECE + 64 * 30);
    assert.ok((await stream(file, true)).length < PIECE + 99);
  }));

test('a stream that ends early, and a disk that is full, are failures', () =>
  withScratch(async ({ dir }) => {
    const [from, to] = [join(dir, 'from'), join(dir, 'to')];
    writeFileSync(from, 'text');
    const whole = await stream(from, true);
    assert.throws(() => receive(to, whole.subarray(0, -6)));
    assert.throws(() => receive('/dev/full', whole), /No space left on device/);
    assert.throws(() => receive(join(dir, 'no/where'), whole), /nonexistent|No such file/);
  }));

test.run();
