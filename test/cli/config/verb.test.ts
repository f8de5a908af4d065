import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { readIni } from '../../../lib/cli/config/read-ini.js';
import { inProcess } from '../program.js';

type Case = {
  name: string;
  ini: string;
  args: string[];
  out?: string;
  has?: string[];
  code?: number;
  err?: string;
};
const KEYS = ['name', 'ini', 'args', 'out', 'has', 'code', 'err'];
const CASES = parse(readFileSync(new URL('verb.cases.yml', import.meta.url), 'utf8')) as Case[];

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'ffe-config-verb-')));
const file = join(dir, 'ansible.cfg');
const before = { ...process.env };

test.before(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('ANSIBLE_')) delete process.env[name];
  delete process.env.NO_COLOR;
});
test.after(() => {
  Object.assign(process.env, before);
  rmSync(dir, { recursive: true, force: true });
});

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    writeFileSync(file, one.ini);
    const ended = await inProcess(['config', ...one.args], dir);
    const whole = (text: string): string => text.replaceAll('{dir}', dir);
    assert.is(ended.code, one.code ?? 0, ended.err);
    if (one.out !== undefined) assert.is(ended.out, whole(one.out));
    for (const part of one.has ?? []) assert.ok(ended.out.includes(whole(part)), `${part}\n${ended.out}`);
    if (one.err !== undefined) assert.match(ended.err, one.err);
  });

test('what init writes is read back as what holds anyway', async () => {
  writeFileSync(file, '');
  const { out: ini } = await inProcess(['config', 'init', '-t', 'all'], dir);
  assert.ok(readIni(ini, file).length > 30);
  const usual = await inProcess(['config', 'dump', '-t', 'all', '-f', 'json'], dir);
  writeFileSync(file, ini);
  const now = await inProcess(['config', 'dump', '-t', 'all', '-f', 'json'], dir);
  const values = (text: string): unknown =>
    (JSON.parse(text) as { name: string; value: unknown }[]).map(({ name, value }) => [name, value]);
  assert.equal(values(now.out), values(usual.out));
});

test.run();
