import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fullName, modulesByName } from '../../../lib/cli/doc/names.js';
import { ruleLines } from '../../../lib/cli/doc/rules.js';
import { doc, writePages } from '../../../lib/cli/doc.js';
import { FfeError } from '../../../lib/errors/error.js';
import type { JsonObject } from '../../../lib/values/json.js';

async function said(...args: string[]): Promise<string> {
  const out: string[] = [];
  const code = await doc(args, {
    out: (t) => out.push(t),
    err: (t) => out.push(t),
    columns: 80,
    colour: false,
  });
  assert.is(code, 0);
  return out.join('');
}

test('without a name all modules are listed, a line each', async () => {
  const lines = (await said()).trimEnd().split('\n');
  assert.is(lines.length, modulesByName().length);
  assert.match(lines.join('\n'), /^ansible\.builtin\.copy +\w/m);
  for (const line of lines) assert.ok(line.length <= 80, line);
});

test('a module is told with arguments, rules, examples and returns, within the width', async () => {
  const text = await said('lineinfile');
  for (const part of [
    '> ANSIBLE.BUILTIN.LINEINFILE',
    '= path  (path)',
    'default: present',
    'also called: value',
  ])
    assert.ok(text.includes(part), part);
  for (const title of ['ARGUMENTS', 'RULES', 'EXAMPLES', 'RETURNS'])
    assert.match(text, new RegExp(`^${title}`, 'm'));
  const own = text.split('EXAMPLES:')[0]!;
  for (const line of own.split('\n')) assert.ok(line.length <= 80, line);
});

test('aliases and names with a collection lead to the same module', async () => {
  assert.is(await said('systemd_service'), await said('ansible.builtin.systemd'));
});

test('every argument of every module is in each form', async () => {
  const all = modulesByName();
  const json = JSON.parse(await said('--all', '--format', 'json')) as Record<string, JsonObject>;
  assert.equal(Object.keys(json), all.map(fullName));
  for (const module of all) {
    const text = await said(fullName(module));
    const page = await said(fullName(module), '--format', 'markdown');
    const task = await said(fullName(module), '--snippet');
    for (const name of Object.keys(module.args)) {
      assert.match(text, new RegExp(`^[=-] ${name}  \\(`, 'm'), `${module.name}.${name}`);
      assert.ok(page.includes(`| \`${name}\` |`), `${module.name}.${name} in Markdown`);
      assert.match(task, new RegExp(`^ {6}${name}: `, 'm'), `${module.name}.${name} in the task`);
      assert.ok(name in ((json[fullName(module)]!.doc as JsonObject).options as JsonObject));
    }
  }
});

test('a name that is not there comes with the nearest', async () => {
  const error = await said('coppy').catch((e) => e);
  assert.instance(error, FfeError);
  assert.match(error.message, "there is no module 'coppy' (did you mean 'copy'?)");
  assert.match(
    (await said('copy', '--format', 'yaml').catch((e) => e)).message,
    '--format is text, markdown, json',
  );
});

test('own modules of a folder are documented as well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-doc-'));
  try {
    const source = `import { defineModule } from 'ffe-provision';
export default defineModule({ name: 'mine', summary: 'Does mine.', args: { what: { type: 'str', doc: 'Which.' } },
  returns: {}, examples: '- mine:\\n', check: 'handled', run: async () => ({}) });`;
    writeFileSync(join(folder, 'mine.ts'), source);
    assert.match(await said('mine', '-M', folder), /Does mine\.[\s\S]*- what {2}\(str\)/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('pages are written whole, and those of modules that are gone are taken away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-pages-'));
  try {
    writeFileSync(join(folder, 'ansible.builtin.gone.md'), 'x');
    assert.match(await said('--all', '--format', 'markdown', '--output', folder), /pages written to/);
    assert.is(readdirSync(folder).length, modulesByName().length + 1);
    const index = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const module of modulesByName()) assert.ok(index.includes(`(${fullName(module)}.md)`));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the pages under docs/modules are those of the modules', () => {
  const kept = new URL('../../../docs/modules/', import.meta.url).pathname;
  const folder = mkdtempSync(join(tmpdir(), 'ffe-pages-'));
  try {
    writePages(folder, modulesByName());
    assert.equal(readdirSync(kept).sort(), readdirSync(folder).sort(), 'npm run docs:modules');
    for (const name of readdirSync(folder))
      assert.is(
        readFileSync(join(kept, name), 'utf8'),
        readFileSync(join(folder, name), 'utf8'),
        `${name}: npm run docs:modules`,
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('rules are sentences', () => {
  const rules = {
    mutuallyExclusive: [['a', 'b']],
    requiredTogether: [['c', 'd']],
    requiredOneOf: [['e', 'f']],
    requiredIf: [
      ['state', 'present', ['g', 'h']],
      ['state', 'x y', ['g', 'h'], true],
    ],
    requiredBy: { i: ['j'] },
  } as const;
  assert.equal(ruleLines(rules), [
    'Only one of a, b.',
    'Together or not at all: c, d.',
    'At least one of e, f.',
    'With state=present: g, h.',
    'With state="x y": one of g, h.',
    'With i: j.',
  ]);
});

test.run();
