import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { recorded } from '../recorded.js';
import { inProcess } from './program.js';

type Case = { args: string[]; code: number; out: string };
const HERE = 'test/cli/inventory';

for (const { args, code, out } of recorded<Case>('cli/inventory/cases.recorded.json', [
  'args',
  'code',
  'out',
]))
  test(`ansible-inventory ${args.join(' ')}`, async () => {
    const ended = await inProcess(args, HERE, 'ansible-inventory');
    assert.is(ended.out, out);
    assert.is(ended.code, code, ended.err);
  });

test('--output writes a file', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-inventory-'));
  try {
    const file = join(dir, 'out.json');
    const to = await inProcess(['inventory', '-i', 'hosts.ini', '--list', '--output', file], HERE);
    assert.equal([to.code, to.out], [0, '']);
    const printed = await inProcess(['inventory', '-i', 'hosts.ini', '--list'], HERE);
    assert.is(`${readFileSync(file, 'utf8')}\n`, printed.out);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('--limit shows some hosts only', async () => {
  const { out } = await inProcess(['inventory', '-i', 'hosts.ini', '--graph', '-l', 'db'], HERE);
  assert.match(out, 'db1');
  assert.not.match(out, 'web1');
});

test('a misspelt group has a suggestion', async () => {
  const { code, err } = await inProcess(['inventory', '-i', 'hosts.ini', '--graph', 'wbe'], HERE);
  assert.is(code, 5);
  assert.match(err, "did you mean 'web'");
});

test('a strict constructed inventory warns of what cannot be evaluated', async () => {
  const { code, err } = await inProcess(['inventory', '-i', 'a,', '-i', 'strict.yml', '--list'], HERE);
  assert.is(code, 0); // the other source is read, as Ansible does
  assert.match(err, "Could not set x for host a: 'missing_name' is undefined");
});

test.run();
