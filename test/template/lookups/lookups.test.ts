import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { library } from '../../../lib/template/builtin.js';
import { createTemplater } from '../../../lib/template/create.js';
import { AheadError, type HostFiles } from '../../../lib/template/library.js';
import { fromJson } from '../../../lib/values/convert.js';
import type { Json } from '../../../lib/values/json.js';
import { repr } from '../../../lib/values/print.js';
import type { Dict } from '../../../lib/values/value.js';
import { templates } from '../../../lib/vars/layer.js';
import { makeScope } from '../../../lib/vars/scope.js';
import { ask, hasAnsible, record, recorded } from '../oracle/answers.js';

type CaseFile = { files: Record<string, string>; vars: Json; cases: string[] };

const file = parse(readFileSync(join(import.meta.dirname, 'cases.yml'), 'utf8')) as CaseFile;
for (const key of Object.keys(file))
  if (!['files', 'vars', 'cases'].includes(key)) throw new Error(`cases.yml: unknown key '${key}'`);

process.env.LANG = 'C.UTF-8';
const templater = createTemplater(library);
const folder = mkdtempSync(join(tmpdir(), 'lookups-'));
const said = new Set<string>();

for (const [name, text] of Object.entries(file.files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function hostFiles(ahead = false): HostFiles {
  return {
    searchPath: [folder],
    baseDir: folder,
    ahead,
    secret: (text) => void said.add(text),
    unvault: (text) => text,
    service: (name) => (name === 'inventory_hostnames' ? ['web1', 'web2'] : undefined),
  };
}

function evaluate(source: string, files = hostFiles()) {
  const layers = [templates('given', fromJson(file.vars) as ReadonlyMap<string, never> & Dict)];
  return templater.value(source, makeScope(layers, { templater, files }), files);
}

function ours(source: string): { text?: string; error?: string } {
  try {
    return { text: repr(evaluate(source)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const live = (process.env.RECORD ?? process.env.ORACLE) !== undefined && hasAnsible();
const asked = file.cases.map((source) => ({
  id: source,
  kind: 'value' as const,
  source,
  vars: file.vars as Record<string, unknown>,
  files: file.files,
}));
const answers = live ? ask(asked) : recorded('lookups');
if (live && process.env.RECORD !== undefined) record('lookups', answers);

for (const source of file.cases)
  test(source, () => {
    const theirs = answers.find((a) => a.id === source);
    assert.ok(theirs, 'not recorded; run this file with RECORD=1 where ansible-core is installed');
    const mine = ours(source);
    if (theirs.error === undefined) assert.is(mine.text ?? `error: ${mine.error}`, theirs.text);
    else assert.ok(mine.error, `expected an error (${theirs.error}), found ${mine.text}`);
  });

test('a password is made once, kept for the owner only, and known to the redactor', () => {
  const first = evaluate("{{ lookup('password', 'credentials/new length=15') }}");
  assert.is(evaluate("{{ lookup('password', 'credentials/new') }}"), first);
  assert.is((first as string).length, 15);
  assert.ok(said.has(first as string));
});

test('an encrypted password keeps its salt', () => {
  const first = evaluate("{{ lookup('password', 'credentials/hashed', encrypt='sha256') }}");
  assert.is(evaluate("{{ lookup('password', 'credentials/hashed encrypt=sha256') }}"), first);
  assert.match(readFileSync(join(folder, 'credentials/hashed'), 'utf8'), /^\S{20} salt=\S{16}\n$/);
});

for (const source of [
  "{{ lookup('pipe', 'touch ran') }}",
  "{{ lookup('lines', 'touch ran') }}",
  "{{ lookup('url', 'http://127.0.0.1:9/') }}",
  "{{ lookup('password', 'credentials/ahead') }}",
])
  test(`nothing happens ahead of the task: ${source}`, () => {
    assert.throws(
      () => evaluate(source, hostFiles(true)),
      (error: unknown) => error instanceof AheadError,
    );
  });

test('the run answers what only it knows', () => {
  assert.equal(evaluate("{{ query('inventory_hostnames', 'all') }}"), ['web1', 'web2']);
  assert.throws(() => evaluate("{{ lookup('config', 'NOPE') }}"), /Unable to find setting NOPE/);
});

test('options that a lookup does not know are refused', () => {
  assert.throws(() => evaluate("{{ lookup('file', 'plain.txt', strip=true) }}"), /no option 'strip'/);
});

test.after(() => rmSync(folder, { recursive: true, force: true }));
test.run();
