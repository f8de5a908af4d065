import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Command, readCommand } from '../../../lib/engine/debugger/commands.js';
import { pretty } from '../../../lib/engine/debugger/pretty.js';
import { fromJson } from '../../../lib/values/convert.js';

const READ: readonly (readonly [string, Command])[] = [
  ['', { kind: 'nothing' }],
  ['p task.args', { kind: 'print', expression: 'task.args' }],
  ["pprint task_vars['a']", { kind: 'print', expression: "task_vars['a']" }],
  ['task.args["that"] = "true"', { kind: 'set', of: 'args', key: 'that', expression: '"true"' }],
  ["task_vars['a'] = 1", { kind: 'set', of: 'task_vars', key: 'a', expression: '1' }],
  ['u', { kind: 'update' }],
  ['update_task', { kind: 'update' }],
  ['r', { kind: 'redo' }],
  ['c', { kind: 'continue' }],
  ['quit', { kind: 'quit' }],
  ['EOF', { kind: 'quit' }],
  ['h p', { kind: 'help', topic: 'p' }],
  ['? ', { kind: 'help', topic: '' }],
  ['r = 1', { kind: 'unknown', line: 'r = 1' }],
  ['rm -rf', { kind: 'unknown', line: 'rm -rf' }],
  ['toString', { kind: 'unknown', line: 'toString' }],
];

for (const [line, command] of READ)
  test(`the debugger reads '${line}'`, () => assert.equal(readCommand(line), command));

test('values are laid out as pprint does', () => {
  assert.is(pretty(fromJson({ a: [1, true, null] })), "{'a': [1, True, None]}");
  const long = { b: 'x'.repeat(50), a: ['y'.repeat(50), 1] };
  assert.is(pretty(fromJson(long)), `{'a': ['${'y'.repeat(50)}', 1],\n 'b': '${'x'.repeat(50)}'}`);
});

const BIN = fileURLToPath(new URL('../../../bin/ffe-provision', import.meta.url));
const PLAYBOOK = fileURLToPath(new URL('./failing.yml', import.meta.url));

function debugged(input: string): { code: number | null; out: string } {
  const env = { ...process.env, NO_COLOR: '1', FFE_PROVISION_SOURCES: '1' };
  const done = spawnSync(process.execPath, [BIN, PLAYBOOK, '-i', 'a,b,', '-c', 'local'], {
    env,
    input,
    timeout: 60_000,
    encoding: 'utf8',
  });
  return { code: done.status, out: done.stdout };
}

test('a failed task is changed and done again', () => {
  const { code, out } = debugged(
    `p result._result.msg\nbad\np task_vars['colour']\ntask_vars['colour'] = 'blue'\ntask.args["that"] = "colour == 'blue'"\nr\n`,
  );
  assert.is(code, 0, out);
  assert.match(out, "[a] TASK: The colour (debug)> 'Assertion failed'\n");
  assert.match(out, '***unknown command: bad');
  assert.match(out, "(debug)> 'red'");
  assert.match(out, /^a +: ok=2 .*failed=0/m);
  assert.match(out, /^b +: ok=1 .*failed=0/m);
});

test('the end of the input ends the run', () => {
  const { code, out } = debugged('');
  assert.is(code, 99);
  assert.match(out, 'User interrupted execution');
});

test.run();
