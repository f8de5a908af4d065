import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileAction } from '../../../lib/node/actions/compile.js';
import { FUNCTIONS } from '../../../lib/node/actions/functions.js';

function touch(path: string, owner: string): number | null {
  const { source } = compileAction({ kind: 'touch', path, attributes: { owner } });
  return spawnSync('sh', ['-c', `${FUNCTIONS}\n${source}`]).status;
}

test('a file that cannot be had as wished is not left behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-touch-'));
  try {
    const [fresh, old] = [join(folder, 'a b'), join(folder, 'old')];
    assert.is.not(touch(fresh, 'no-such-user'), 0);
    assert.not(existsSync(fresh));
    writeFileSync(old, '');
    assert.is.not(touch(old, 'no-such-user'), 0);
    assert.ok(existsSync(old));
    assert.is(touch(fresh, String(process.getuid?.())), 0);
    assert.ok(existsSync(fresh));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
