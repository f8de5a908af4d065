import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { errorOutcome } from '../../lib/engine/task/attempt-once.js';
import { FfeError } from '../../lib/errors/error.js';
import { carryDone, doneBefore, journalOf, withDone } from '../../lib/modules/journal.js';

const noted = (check: boolean) => {
  const journal = journalOf(check);
  journal.did('made a folder');
  journal.did('filled it');
  return journal;
};

test('a failure says what was done before it, and is a change', () => {
  assert.equal(withDone({ failed: true, changed: false, msg: 'no room' }, noted(false)), {
    failed: true,
    changed: true,
    msg: 'no room',
    done_before_failure: ['made a folder', 'filled it'],
  });
});

test('other results, and failures before anything was done, stay as they are', () => {
  for (const result of [{ changed: true }, { skipped: true }])
    assert.is(withDone(result, noted(false)), result);
  const early = { failed: true, changed: false };
  assert.is(withDone(early, journalOf(false)), early);
});

test('in check mode nothing is done', () => {
  assert.equal(noted(true).done, []);
});

test('errors of any kind carry it', () => {
  for (const error of [new Error('a command failed'), new FfeError('unreachable', 'connection lost')]) {
    carryDone(error, noted(false));
    const { result } = errorOutcome(error);
    assert.is(result.changed, true);
    assert.equal(result.done_before_failure, ['made a folder', 'filled it']);
  }
  carryDone('no error', noted(false));
  assert.equal(doneBefore('no error').done, []);
  assert.is(errorOutcome(new Error('at once')).result.changed, false);
});

test.run();
