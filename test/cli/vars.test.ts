import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess } from './program.js';

type Case = {
  name: string;
  args: string[];
  out?: string;
  code?: number;
  err?: string;
  only_first_play?: true;
};
const KEYS = ['name', 'args', 'out', 'code', 'err', 'only_first_play'];
const HERE = 'test/cli/vars';
const CASES = parse(readFileSync(`${HERE}/cases.yml`, 'utf8')) as Case[];

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    const { code, out, err } = await inProcess(['vars', ...one.args], HERE);
    assert.is(code, one.code ?? 0, err);
    const text = one.only_first_play ? out.slice(0, out.indexOf('\nPLAY [all]')) : out;
    if (one.out !== undefined) assert.is(text, one.out);
    if (one.err) assert.match(err, new RegExp(one.err));
  });

test('JSON tells levels, places and raw values', async () => {
  const { out } = await inProcess(['vars', 'w1', 'root', '-i', 'hosts.ini', 'site.yml', '--json'], HERE);
  const [{ play, variables }] = JSON.parse(out).plays;
  assert.equal([play.name, play.line], ['web', 1]);
  const [{ value, from, over }] = variables;
  assert.equal([value, over], ['/srv/stage', []]);
  assert.equal([from.level, from.precedence, from.line, from.raw], ['role defaults', 2, 2, '/srv/{{ env }}']);
});

test('a value that cannot be had says why, and no secret leaks in JSON', async () => {
  const args = ['vars', 'w1', '-i', 'hosts.ini', 'site.yml', '--json', '--vault-password-file', 'pw'];
  const { out } = await inProcess(args, HERE);
  assert.match(out, "'nope' is undefined");
  assert.not.match(out, 'topsecret');
  assert.not.match(out, 'hunter2x');
});

test.run();
