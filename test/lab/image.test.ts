import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { removeFolder } from '../../lib/lab/build.js';
import { imageCache, pruneImages } from '../../lib/lab/image.js';

const test = suite<{ cache: string }>('image cache');
const DAY = 86_400;

function image(cache: string, letter: string, days: number): void {
  const dir = join(cache, letter.repeat(16));
  mkdirSync(join(dir, 'root'), { recursive: true });
  const when = Date.now() / 1000 - days * DAY;
  utimesSync(dir, when, when);
}

test.before.each((context) => {
  context.cache = mkdtempSync(join(tmpdir(), 'lab-images-'));
});
test.after.each(({ cache }) => rmSync(cache, { recursive: true }));

if (process.platform === 'linux') {
  test('keeps the newest few, removes what nobody wanted for a month', async ({ cache }) => {
    for (const letter of '0123456789') image(cache, letter, Number(letter));
    image(cache, 'a', 40);
    mkdirSync(join(cache, 'something-else'));
    await pruneImages(cache);
    const left = readdirSync(cache)
      .map((name) => name.slice(0, 1))
      .sort();
    assert.equal(left, [...'012345s']);
  });

  test('keeps an image that is in use, however old', async ({ cache }) => {
    image(cache, 'b', 90);
    image(cache, 'c', 90);
    const gone = await pruneImages(cache, [join(cache, 'b'.repeat(16), 'root')]);
    assert.equal(gone, ['c'.repeat(16)]);
    assert.ok(existsSync(join(cache, 'b'.repeat(16))));
  });

  test('removing a folder that is not there is no error', async ({ cache }) => {
    await removeFolder(join(cache, 'none'));
  });
}

test('the cache is where the user keeps caches', () => {
  assert.is(imageCache({ XDG_CACHE_HOME: '/c' }), '/c/ffe-provision/images');
  assert.is(imageCache({}), '/var/cache/ffe-provision/images');
});

test.run();
