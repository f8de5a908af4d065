import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runOurs } from './run-case.js';

test('asynchronous tasks: waited for, looked at, ended, refused', async () => {
  const { rc, out } = await runOurs({ name: 'async', playbook: 'async.yml', args: [] });
  assert.is(rc, 0, out);
  assert.match(out, /^ASYNC OK on localhost: jid=j\d+\.\d+$/m);
  assert.match(out, /^ASYNC FAILED on localhost: jid=j\d+\.\d+$/m);
});

test.run();
