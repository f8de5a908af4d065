import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { EXEC_OPTIONS } from '../../../lib/cli/exec/options.js';
import { inProcess } from '../program.js';

type Case = { name: string; args: string[]; code?: number; out: string; err?: string };
const KEYS = ['name', 'args', 'code', 'out', 'err'];
const CASES = parse(readFileSync(new URL('exec.cases.yml', import.meta.url), 'utf8')) as Case[];

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'ffe-exec-')));
writeFileSync(join(dir, 'hosts'), 'a ansible_connection=local\nb ansible_connection=local\n');
test.after(() => rmSync(dir, { recursive: true, force: true }));

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    const { code, out, err } = await inProcess([...one.args, '-i', 'hosts'], dir, 'ansible');
    assert.is(code, one.code ?? 0, out + err);
    assert.is(out, one.out.replaceAll('{dir}', dir));
    if (one.err === undefined) assert.is(err, '');
    else assert.match(err, one.err);
  });

test('the verb and the link are the same', async () => {
  const verb = await inProcess(['exec', 'a', '-m', 'ping', '-i', 'hosts'], dir);
  assert.equal(verb, await inProcess(['a', '-m', 'ping', '-i', 'hosts'], dir, 'ansible'));
});

test('results are written to a folder', async () => {
  await inProcess(['all', '-m', 'ping', '-t', 'results', '-i', 'hosts'], dir, 'ansible');
  assert.equal(readdirSync(join(dir, 'results')), ['a', 'b']);
  assert.is(readFileSync(join(dir, 'results', 'a'), 'utf8'), '{"changed": false, "ping": "pong"}');
});

test('the configuration names module and arguments', async () => {
  writeFileSync(
    join(dir, 'ansible.cfg'),
    '[defaults]\nmodule_name = debug\nmodule_args = msg=hi\ninventory = hosts\n',
  );
  const { out } = await inProcess(['a', '-o'], dir, 'ansible').finally(() =>
    rmSync(join(dir, 'ansible.cfg')),
  );
  assert.is(out, 'a | SUCCESS => {    "changed": false,    "msg": "hi"}\n');
});

test('no letter and no name is given twice', () => {
  const all = Object.values(EXEC_OPTIONS).flatMap((one) => [
    ...one.names,
    ...('short' in one ? [one.short] : []),
  ]);
  assert.equal(all.length, new Set(all).size);
});

test.run();
