/**
 * The examples of the documents are tried: blocks that say `file=NAME` are written to a folder, one per document, and
 * then its blocks `sh check` run there, one after the other, with the program on the path.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseAllDocuments } from 'yaml';
import { type Block, documents, fileOf } from './documents.js';

const ROOT = process.cwd();
const DOCUMENTS = documents();
const KNOWN_WORDS = /^(file=[\w./-]+|check)$/;

const base = mkdtempSync(join(tmpdir(), 'ffe-docs-'));
mkdirSync(join(base, 'bin'));
// Built once: the program starts many times here.
for (const name of ['bin/ffe-provision', 'bin/package.json', 'package.json'])
  copyFileSync(join(ROOT, name), join(base, name));
symlinkSync(join(ROOT, 'node_modules'), join(base, 'node_modules'));
execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), join(base, 'dist')]);
test.after(() => rmSync(base, { recursive: true, force: true }));

test('the built program imports nothing when it runs: V8 cannot do that for code from its cache', () => {
  assert.not.match(readFileSync(join(base, 'dist', 'main.cjs'), 'utf8'), /[^\w$.]import\(/);
});

function folderOf(path: string, blocks: readonly Block[]): string {
  const dir = join(base, path.replace(/\W/g, '-'));
  mkdirSync(dir);
  for (const block of blocks) {
    const name = fileOf(block);
    if (name === undefined) continue;
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), block.text);
  }
  return dir;
}

function run(script: string, cwd: string): string {
  const env = {
    ...process.env,
    PATH: `${join(base, 'bin')}:${process.env.PATH}`,
    NO_COLOR: '1',
    XDG_CACHE_HOME: join(base, 'cache'),
  };
  try {
    return execFileSync('sh', ['-euc', script], {
      cwd,
      env,
      encoding: 'utf8',
      timeout: 60_000,
      stdio: 'pipe',
    });
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout: string; stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}

for (const { path, blocks } of DOCUMENTS) {
  const checked = blocks.filter((block) => block.words.includes('check'));
  if (checked.length > 0)
    test(`${path}: its examples work`, () => {
      const dir = folderOf(path, blocks);
      for (const block of checked) run(block.text, dir);
    });

  test(`${path}: its YAML can be read, its blocks say what is known`, () => {
    for (const block of blocks) {
      const unknown = block.words.filter((word) => !KNOWN_WORDS.test(word));
      assert.equal(unknown, [], `${path}:${block.line}`);
      if (block.language !== 'yaml') continue;
      for (const document of parseAllDocuments(block.text))
        assert.equal(document.errors.map(String), [], `${path}:${block.line}`);
    }
  });

  test(`${path}: its playbooks pass --syntax-check`, () => {
    const dir = `${base}/syntax-${path.replace(/\W/g, '-')}`;
    mkdirSync(dir);
    blocks.forEach((block, i) => {
      if (
        block.language !== 'yaml' ||
        fileOf(block) !== undefined ||
        !/^- (name:.*\n +)?hosts:/m.test(block.text)
      )
        return;
      writeFileSync(join(dir, `${i}.yml`), block.text);
      run(`ffe-provision --syntax-check ${i}.yml`, dir);
    });
  });
}

test('the example modules have the types of the package', () => {
  const dir = join(base, 'types');
  mkdirSync(dir);
  const files = DOCUMENTS.flatMap(({ blocks }) => blocks.filter((b) => b.language === 'ts' && fileOf(b)));
  assert.ok(files.length >= 2);
  files.forEach((block, i) => {
    writeFileSync(join(dir, `${i}.ts`), block.text);
  });
  const options = { extends: join(ROOT, 'tsconfig.json'), include: ['*.ts'], compilerOptions: {} };
  options.compilerOptions = {
    paths: { 'ffe-provision': [join(ROOT, 'lib/index.ts')] },
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify(options));
  run(`node ${join(ROOT, 'node_modules/typescript/bin/tsc')} -p .`, dir);
});

test.run();
