import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { createPending } from '../../lib/node/pending.js';

const until = async (done: () => boolean) => {
  for (let tries = 0; tries < 200 && !done(); tries++) await new Promise((next) => setTimeout(next, 5));
  assert.ok(done());
};

test('only the first one’s time is counted', async () => {
  const late: number[] = [];
  const pending = createPending((seconds) => late.push(seconds));
  const first = pending.add(() => {}, undefined);
  pending.add(() => {}, 0.01);
  await new Promise((next) => setTimeout(next, 50));
  assert.equal(late, []);
  first();
  await until(() => late.length > 0);
  assert.equal(late, [0.01]);
  pending.failAll(new FfeError('task', 'x'));
});

test('an answered one has no timeout, and all others fail together', async () => {
  const late: number[] = [];
  const failed: string[] = [];
  const pending = createPending((seconds) => late.push(seconds));
  const answered = pending.add(() => failed.push('answered'), 0.01);
  answered();
  answered();
  pending.add((error) => failed.push(error.message), 5);
  pending.add((error) => failed.push(error.message), undefined);
  assert.is(pending.size, 2);
  pending.failAll(new FfeError('task', 'lost'));
  assert.is(pending.size, 0);
  await new Promise((next) => setTimeout(next, 30));
  assert.equal([late, failed], [[], ['lost', 'lost']]);
});

test.run();
