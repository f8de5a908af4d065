import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { extraVars } from '../../lib/cli/extra-vars.js';
import { toJson } from '../../lib/values/convert.js';
import type { Json } from '../../lib/values/json.js';
import type { Value } from '../../lib/values/value.js';
import { recorded } from '../recorded.js';

type Case = { args: string[]; vars?: Json; error?: true };

const sealed = (): string => {
  throw new Error('nothing is sealed here');
};
const read = (args: string[], unvault: (text: string) => string = sealed): Json =>
  toJson(extraVars(args, unvault) as unknown as Value);

for (const { args, vars, error } of recorded<Case>(
  'cli/extra-vars.recorded.json',
  ['args'],
  ['vars', 'error'],
))
  test(`-e ${args.join(' -e ')}`, () => {
    if (error) assert.throws(() => read(args), /extra-vars/);
    else assert.equal(read(args), vars);
  });

const dir = mkdtempSync(join(tmpdir(), 'extra-vars-'));
test.after(() => rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return `@${join(dir, name)}`;
}

test('files give variables as YAML or JSON, and later arguments win', () => {
  assert.equal(read([file('a.yml', 'a: 1\nb: [x]\n')]), { a: 1, b: ['x'] });
  assert.equal(read([file('a.json', '{"a": 1}')]), { a: 1 });
  assert.equal(read([file('empty.yml', '')]), {});
  assert.equal(read(['a=first', file('b.yml', 'a: last')]), { a: 'last' });
});

test('a sealed file is opened', () => {
  const given = file('sealed.yml', '$ANSIBLE_VAULT;1.1;AES256\n00\n');
  assert.equal(
    read([given], () => 'a: secret'),
    { a: 'secret' },
  );
});

test('files that are missing, or no dict, are told by name', () => {
  assert.throws(() => read(['@/nowhere/x.yml']), /'\/nowhere\/x\.yml' cannot be read/);
  assert.throws(() => read([file('list.yml', '- 1')]), /list\.yml must hold a dict/);
  assert.throws(() => read(['just words']), /neither key=value, nor JSON or YAML, nor @file/);
});

test.run();
