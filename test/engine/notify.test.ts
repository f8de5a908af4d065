import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runOurs } from './run-case.js';

test('a handler that nothing can notify is warned of once, others are found', async () => {
  const { rc, out, err } = await runOurs({ name: 'unusable', playbook: 'handler/unusable.yml', args: [] });
  assert.is(rc, 0, out + err);
  assert.match(out, /by its name/);
  assert.match(out, /by its topic/);
  // Warnings are folded at the width of a terminal.
  const warnings = err.replace(/\n(?!\[)/g, ' ').match(/^\[WARNING\]: Handler .*$/gm) ?? [];
  assert.is(warnings.length, 1, err);
  assert.match(warnings[0]!, "Handler 'named by {{ nobody }}' is unusable because it has no listen topics");
  assert.match(warnings[0]!, "'nobody' is undefined");
});

test.run();
