import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readRenderArguments } from '../../lib/cli/render-arguments.js';
import { renderGiven } from '../../lib/cli/render-file.js';
import { answerLines } from '../../lib/cli/render-lines.js';
import { FfeError } from '../../lib/errors/error.js';
import type { Json } from '../../lib/values/json.js';

async function answers(chunks: readonly Buffer[]): Promise<{ id: Json; value?: Json; error?: string }[]> {
  const got: Buffer[] = [];
  const output = new Writable({
    highWaterMark: 100,
    write: (chunk, _, done) => {
      got.push(chunk);
      setImmediate(done);
    },
  });
  await answerLines(Readable.from(chunks), output);
  await new Promise<void>((done) => output.end(done));
  return Buffer.concat(got)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

test('every line has its answer, also after lines that are none', async () => {
  const text =
    line({ id: 1, kind: 'value', source: '{{ 1 + 1 }}' }) +
    'nonsense\n\n[]\n' +
    line({ id: 'two', kind: 'cond', source: 'x > 1', vars: { x: 2 } }) +
    line({ id: 3, kind: 'value', source: '{{ no }}' }) +
    JSON.stringify({ id: 4, kind: 'template', source: 'no newline at the end' });
  const got = await answers([Buffer.from(text)]);
  assert.equal(
    got.map((a) => a.id),
    [1, null, null, 'two', 3, 4],
  );
  assert.is(got[0]!.value, '2');
  assert.match(got[1]!.error!, /not JSON/);
  assert.match(got[2]!.error!, /must be an object/);
  assert.is(got[3]!.value, true);
  assert.match(got[4]!.error!, /'no' is undefined.*source:1:4/);
  assert.is(got[5]!.value, 'no newline at the end');
});

test('lines may be cut anywhere, characters of several bytes included', async () => {
  const whole = Buffer.from(
    line({ id: 'é', kind: 'value', source: '☃ {{ a }}', vars: { a: '€' } }).repeat(3),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 8 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
      const got = await answers(at.slice(1).map((end, i) => whole.subarray(at[i], end)));
      assert.equal(got, Array(3).fill({ id: 'é', value: '☃ €' }));
    }),
    { numRuns: 30 },
  );
});

test('a line may be long', async () => {
  const big = 'x'.repeat(3_000_000);
  const text = Buffer.from(line({ id: 1, kind: 'value', source: '{{ a | length }}', vars: { a: big } }));
  const chunks = Array.from({ length: 50 }, (_, i) => text.subarray(i * 65_536, (i + 1) * 65_536));
  assert.equal(await answers(chunks), [{ id: 1, value: '3000000' }]);
});

test('an endless template is stopped, and the next line answered', async () => {
  const loop = '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}';
  const got = await answers([
    Buffer.from(line({ id: 1, kind: 'value', source: loop }) + line({ id: 2, kind: 'value', source: 'ok' })),
  ]);
  assert.ok(got[0]!.error);
  assert.equal(got[1], { id: 2, value: 'ok' });
});

for (const [args, expected] of [
  [['t.j2', '--host', 'a', '-e', 'x=1'], { file: 't.j2', host: 'a', rest: ['-e', 'x=1'] }],
  [['--expr={{ x }}', '-ex=1'], { expression: '{{ x }}', rest: ['-ex=1'] }],
  [['--inventory=hosts', '--vault-id', 'a@b'], { rest: ['--inventory', 'hosts', '--vault-id', 'a@b'] }],
] as const)
  test(`arguments: ${args.join(' ')}`, () => {
    assert.equal(readRenderArguments(args), { help: false, ...expected });
  });

for (const [args, expected] of [
  [['a', 'b'], /takes one file/],
  [['a', '--expr', 'b'], /not both/],
  [['--hots', 'x'], /unknown option --hots/],
  [['--host'], /--host needs a value/],
] as const)
  test(`arguments: ${args.join(' ')} is refused`, () => {
    assert.throws(
      () => readRenderArguments(args),
      (e: unknown) => e instanceof FfeError && e.code === 'usage' && expected.test(e.message),
    );
  });

async function inFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-render-'));
  try {
    await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('a file sees the variables of its host, of other hosts, and what it includes', () =>
  inFolder(async (dir) => {
    writeFileSync(
      join(dir, 'hosts'),
      '[web]\na port=80\nb port=81\n[web:vars]\nname="{{ inventory_hostname }}!"\n',
    );
    writeFileSync(join(dir, 'part.j2'), '{{ extra }}');
    writeFileSync(
      join(dir, 't.j2'),
      '{{ name }} {{ port }} {{ hostvars.b.name }} {{ groups.web }}\n{% include "part.j2" %}\n',
    );
    const rest = ['-i', join(dir, 'hosts'), '-e', 'extra=more'];
    const given = { help: false, file: join(dir, 't.j2'), host: 'a', rest };
    assert.is(await renderGiven(given), "a! 80 b! ['a', 'b']\nmore\n");
    const expr = { help: false, expression: '{{ [port, name] }}', host: 'b', rest };
    assert.is(await renderGiven(expr), '[\n  81,\n  "b!"\n]\n');
  }));

test('an unknown host is refused with the nearest one; so is a file that is not there', () =>
  inFolder(async (dir) => {
    writeFileSync(join(dir, 'hosts'), 'web1\n');
    const rest = ['-i', join(dir, 'hosts')];
    const failed = async (given: object) => {
      try {
        await renderGiven({ help: false, rest, ...given });
      } catch (error) {
        return (error as Error).message;
      }
      return 'no error';
    };
    assert.match(await failed({ expression: 'x', host: 'web2' }), /no host 'web2'.*'web1'/);
    assert.match(await failed({ file: join(dir, 'no.j2') }), /cannot be read/);
  }));

test.run();
