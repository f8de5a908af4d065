import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadSshConfig, optionsFor } from '../../../lib/node/ssh/config.js';

async function withFiles(
  files: Record<string, string>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-config-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const portOf = async (file: string, host: string) =>
  optionsFor(await loadSshConfig(file), host, undefined).get('port')?.[0];

test('a missing file is empty', async () => {
  assert.is((await loadSshConfig('/dev/null/config')).length, 0);
});

test('Include: relative, absolute, with patterns in order, and inside a Host', async () => {
  const files = {
    config: 'Include conf.d/*.conf\nHost inside\n  Include one\nHost *\n  Port 99\n',
    'conf.d/b.conf': 'Host web\n  Port 2\n',
    'conf.d/a.conf': 'Host web\n  Port 1\n',
    'conf.d/c.other': 'Host other\n  Port 3\n',
    one: 'Port 4\n',
  };
  await withFiles(files, async (folder) => {
    const file = join(folder, 'config');
    assert.is(await portOf(file, 'web'), '1');
    assert.is(await portOf(file, 'other'), '99');
    assert.is(await portOf(file, 'inside'), '4');
    const absolute = join(folder, 'absolute');
    writeFileSync(absolute, `Include ${join(folder, 'conf.d/b.conf')}\n`);
    assert.is(await portOf(absolute, 'web'), '2');
  });
});

test('a file that includes itself is an error, not the end of memory', async () => {
  await withFiles({ config: 'Include config\n' }, async (folder) => {
    try {
      await loadSshConfig(join(folder, 'config'));
      assert.unreachable();
    } catch (error) {
      assert.match((error as Error).message, /more than 16 levels/);
    }
  });
});

test.run();
