import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rsyncWords, tellsChange } from '../../../lib/modules/synchronize/rsync-words.js';
import type { SyncArgs } from '../../../lib/modules/synchronize/sync-args.js';
import { synchronize } from '../../../lib/modules/synchronize.js';
import { validateArgs } from '../../../lib/modules/validate.js';

function argsWith(link_dest?: string[]): SyncArgs {
  const valid = validateArgs(synchronize, { src: '/a/', dest: '/b/', ...(link_dest && { link_dest }) });
  assert.ok(valid.ok);
  return valid.args as unknown as SyncArgs;
}

function words(src: string, dest: string, link_dest?: string[]): string[] {
  return rsyncWords(argsWith(link_dest), { program: 'rsync', check: false, src, dest });
}

test('with folders to link to rsync is told to tell of links', () => {
  assert.ok(words('/a/', '/b/', ['/old']).join(' ').includes(' -H -vv --link-dest=/old '));
  assert.not(words('/a/', '/b/').includes('-vv'));
});

test('a folder to link to is neither below src nor above dest', () => {
  assert.throws(() => words('/a/', '/b/', ['/a/old']), /would cause recursion. \/a\/old and \/a/);
  assert.throws(
    () => words('/a/f', '/old/in/f', ['/old']),
    /would cause recursion. \/old\/in and \/old\/in\/f/,
  );
  assert.throws(() => words('/a/f', '/old/f', ['/old/']), /would cause recursion/);
  words('/a/f', '/older/f', ['/old']);
  // On another machine it is another folder, whatever its name.
  words('/a/f', 'host:/old/f', ['/old']);
});

test('what was there already is no change', () => {
  const linking = argsWith(['/old']);
  assert.is(tellsChange('<<CHANGED>>.d          ./\n<<CHANGED>>.f          a\n', linking), false);
  assert.is(tellsChange('<<CHANGED>>.d          ./\n<<CHANGED>>hf          a\n', linking), true);
  assert.is(tellsChange('<<CHANGED>>hf          a\n', argsWith()), true);
  assert.is(tellsChange('', argsWith()), false);
});

test.run();
