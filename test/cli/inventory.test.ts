import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('--toml can be read again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-inventory-'));
  try {
    const file = join(dir, 'out.toml');
    const to = await inProcess(
      ['inventory', '-i', 'plain.yml', '--list', '--toml', '--output', file],
      `${HERE}/toml`,
    );
    assert.equal([to.code, to.out], [0, ''], to.err);
    const hostvars = async (source: string) => {
      const { out } = await inProcess(['inventory', '-i', source, '--list'], `${HERE}/toml`);
      return (JSON.parse(out) as { _meta: unknown })._meta;
    };
    const withoutNull = JSON.parse(
      JSON.stringify(await hostvars('plain.yml'), (_, v: unknown) => (v === null ? undefined : v)),
    );
    assert.equal(await hostvars(file), withoutNull);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('TOML has no keys but texts', async () => {
  const { code, err } = await inProcess(
    ['inventory', '-i', 'numbered.yml', '--list', '--toml'],
    `${HERE}/toml`,
  );
  assert.is(code, 4);
  assert.match(err, 'The source inventory contains a non-string key (1)');
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

test('a constructed inventory may see variables of the command line', async () => {
  const args = ['-i', 'a,', '-i', 'extra.yml', '--list', '-e', 'from_extras=you'];
  const { out } = await inProcess(['inventory', ...args], HERE);
  assert.match(out, '"example": "hello you"');
});

test('a constructed inventory sees facts that were kept', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-facts-'));
  const env = { ANSIBLE_CACHE_PLUGIN: 'jsonfile', ANSIBLE_CACHE_PLUGIN_CONNECTION: dir };
  try {
    Object.assign(process.env, env);
    writeFileSync(join(dir, 'a'), '{"ansible_system": "Linux"}');
    writeFileSync(
      join(dir, 'by.yml'),
      'plugin: constructed\nkeyed_groups: [{key: ansible_system, prefix: os}]\n',
    );
    const { out } = await inProcess(['inventory', '-i', 'a,', '-i', join(dir, 'by.yml'), '--graph'], HERE);
    assert.match(out, '@os_Linux:\n  |  |--a');
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    rmSync(dir, { recursive: true, force: true });
  }
});

test.run();
