import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { guarded } from '../../lib/cli/guarded.js';
import { FfeError } from '../../lib/errors/error.js';
import { renderError } from '../../lib/errors/render.js';
import { createRedactor } from '../../lib/secrets/redactor.js';

const redactor = createRedactor();
redactor.add('hunter22');

async function shown(work: () => Promise<unknown>): Promise<string> {
  try {
    await guarded(redactor, work);
  } catch (error) {
    return renderError(error, { debug: true });
  }
  return 'nothing was thrown';
}

test('a defect that quotes a secret does not show it, nor does its stack', async () => {
  const text = await shown(async () => JSON.parse('hunter22'));
  assert.match(text, 'internal error');
  assert.not.match(text, 'hunter22');
});

test('an error of a user passes as it is', async () => {
  const error = new FfeError('usage', 'no such file');
  try {
    await guarded(redactor, () => Promise.reject(error));
    assert.unreachable();
  } catch (caught) {
    assert.is(caught, error);
  }
});

test('what the work gives comes through', async () => {
  assert.is(await guarded(redactor, async () => 5), 5);
});

test.run();
