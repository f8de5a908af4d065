import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { linkStatOf, statOf } from '../../lib/values/stat.js';

const dir = mkdtempSync(join(tmpdir(), 'ffe-stat-'));
test.after(() => rmSync(dir, { recursive: true, force: true }));
test.before(() => {
  writeFileSync(join(dir, 'file'), 'x');
  mkdirSync(join(dir, 'folder'));
  symlinkSync('folder', join(dir, 'link'));
  symlinkSync('nowhere', join(dir, 'dangling'));
  symlinkSync('round', join(dir, 'round'));
});

const LEADS: Record<string, ['file' | 'folder' | undefined, boolean]> = {
  file: ['file', true],
  folder: ['folder', true],
  link: ['folder', true],
  'link/': ['folder', true],
  dangling: [undefined, true],
  round: [undefined, true],
  'round/x': [undefined, false],
  none: [undefined, false],
  'none/below': [undefined, false],
  'file/below': [undefined, false],
  'file/below/it': [undefined, false],
  ['x'.repeat(300)]: [undefined, false],
  'a\0b': [undefined, false],
};

for (const [name, [leads, stands]] of Object.entries(LEADS))
  test(JSON.stringify(name.slice(0, 20)), () => {
    const found = statOf(`${dir}/${name}`);
    assert.is(found && (found.isDirectory() ? 'folder' : 'file'), leads);
    assert.is(linkStatOf(`${dir}/${name}`) !== undefined, stands);
  });

test.run();
