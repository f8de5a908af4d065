import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Interface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { history, keepHistory } from '../../../lib/cli/console/history.js';
import { keptNodes } from '../../../lib/cli/console/kept-nodes.js';
import { consoleVerb } from '../../../lib/cli/console.js';

type Case = { name: string; pattern?: string; lines: string[]; out: string; err?: string };
const KEYS = ['name', 'pattern', 'lines', 'out', 'err'];
const CASES = parse(readFileSync(new URL('console.cases.yml', import.meta.url), 'utf8')) as Case[];
const BIN = fileURLToPath(new URL('../../../bin/ffe-provision', import.meta.url));

const dir = mkdtempSync(join(tmpdir(), 'ffe-console-'));
const hosts = join(dir, 'hosts');
writeFileSync(hosts, 'a ansible_connection=local\nb ansible_connection=local\n');
test.after(() => rmSync(dir, { recursive: true, force: true }));

/** Types lines into a console in this process. */
async function typed(args: string[], lines: readonly string[]): Promise<{ out: string; err: string }> {
  const said: { out: string[]; err: string[] } = { out: [], err: [] };
  const input = new PassThrough();
  const output = new PassThrough();
  output.on('data', (chunk: Buffer) => void said.out.push(chunk.toString()));
  const io = {
    out: (text: string) => void output.write(text),
    err: (text: string) => void said.err.push(text),
    colour: false,
  };
  input.end(lines.map((line) => `${line}\n`).join(''));
  await consoleVerb(args, io, { input, output });
  return { out: said.out.join(''), err: said.err.join('') };
}

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    const { out, err } = await typed([one.pattern ?? 'all', '-i', hosts], one.lines);
    assert.match(out, /^Welcome .*\n\n/);
    assert.is(out.replace(/^Welcome .*\n\n/, ''), one.out.replaceAll('{user}', userInfo().username));
    if (one.err === undefined) assert.is(err, '');
    else assert.match(err, one.err);
  });

test('lines come through a pipe', async () => {
  const child = spawn(process.execPath, [BIN, 'console', 'a', '-i', hosts], {
    env: { ...process.env, FFE_PROVISION_SOURCES: '1' },
    timeout: 60_000,
  });
  child.stdin.end('ping\n');
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => void out.push(chunk));
  assert.is(await new Promise((done) => child.on('close', done)), 0);
  assert.match(Buffer.concat(out).toString(), 'a | SUCCESS => {');
});

test('connections are kept from line to line', async () => {
  const seen: string[] = [];
  const node = { close: async () => void seen.push('close') };
  const nodes = keptNodes((async () => {
    seen.push('open');
    return node;
  }) as unknown as Parameters<typeof keptNodes>[0]);
  const settings = { name: 'a', connection: 'local', host: 'a' } as const;
  await (await nodes.open(settings)).close();
  await (await nodes.open(settings)).close();
  assert.equal(seen, ['open']);
  await nodes.close();
  assert.equal(seen, ['open', 'close']);
});

test('what was typed is remembered for its user alone', () => {
  const file = join(dir, 'history');
  assert.equal(history(file), []);
  const reader = new EventEmitter();
  keepHistory(reader as unknown as Interface, file);
  for (const line of ['one', ' ', 'two']) reader.emit('line', line);
  assert.equal(history(file), ['two', 'one']);
  assert.is(statSync(file).mode & 0o777, 0o600);
});

test.run();
