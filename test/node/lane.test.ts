import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createLane, type Frame } from '../../lib/node/lane.js';

const TAG = '0123456789abcdef0123456789abcdef';

/** Cuts bytes at the given places, as a network would. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, i) => bytes.subarray(at[i - 1] ?? 0, end));
}

test('frames come out whole, however the stream is cut', async () => {
  const frame = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 255 }));
  const frames = fc.array(frame, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(frames, fc.array(fc.nat(), { maxLength: 30 }), async (list, cuts) => {
      const lane = createLane();
      const tags = list.map((_, i) => `${TAG}${i}`);
      const wanted = tags.map((tag) => lane.expect(tag));
      const bytes = Buffer.concat(
        list.map(([data, rc], i) => Buffer.concat([data, Buffer.from(`${tags[i]}.${rc};`)])),
      );
      for (const piece of pieces(bytes, cuts)) lane.feed(piece);
      const found: Frame[] = await Promise.all(wanted);
      found.forEach((one, i) => {
        assert.ok(one.data.equals(list[i]![0]));
        assert.is(one.value, `.${list[i]![1]}`);
      });
      assert.is(lane.strays(), 0);
    }),
  );
});

test('a frame does not share memory with what comes after it', async () => {
  const lane = createLane();
  const waited = lane.expect(TAG);
  const chunk = Buffer.from(`data${TAG}0;`);
  lane.feed(chunk);
  chunk.fill(0);
  assert.is((await waited).data.toString(), 'data');
});

test('what nobody expects is counted, or passed on', async () => {
  const lane = createLane();
  lane.feed(Buffer.from('stray'));
  assert.is(lane.strays(), 5);
  const waited = lane.expect(TAG);
  const passed: Buffer[] = [];
  lane.pass((chunk) => passed.push(chunk));
  lane.feed(Buffer.from(`mine${TAG};rest`));
  lane.feed(Buffer.from(' and more'));
  assert.is((await waited).data.toString(), 'mine');
  assert.is(Buffer.concat(passed).toString(), 'rest and more');
});

test('the partial frame can be watched', () => {
  const lane = createLane();
  const seen: string[] = [];
  void lane.expect(TAG);
  lane.watch(() => seen.push(lane.partial().toString()));
  lane.feed(Buffer.from('Pass'));
  lane.feed(Buffer.from('word: '));
  assert.equal(seen, ['Pass', 'Password: ']);
});

test.run();
