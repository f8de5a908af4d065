import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inBash } from './program.js';

const dir = mkdtempSync(join(tmpdir(), 'ffe-hang-up-'));

// The first task says who runs, and waits to be told that it has been hung up.
writeFileSync(
  join(dir, 'long.yml'),
  `- hosts: localhost
  gather_facts: false
  tasks:
    - shell: 'echo $$ > command; for i in $(seq 300); do [ -e go ] && break; sleep 0.1; done'
    - file: {path: late, state: touch}
`,
);
const STARTED = 'for i in $(seq 300); do [ -s command ] && break; sleep 0.1; done; [ -s command ]';

test.before.each(() => {
  for (const name of ['command', 'go', 'late', 'log']) rmSync(join(dir, name), { force: true });
});

test('without a terminal a run survives the end of the session that started it', async () => {
  const line = `"$0" "$@" > log 2>&1 < /dev/null & run=$!; ${STARTED} && kill -HUP "$run"; sleep 0.3; touch go; wait "$run"`;
  const ended = await inBash(line, ['long.yml'], dir);
  assert.is(ended.code, 0, ended.err);
  assert.ok(existsSync(join(dir, 'late')));
});

test('a terminal that is closed ends the run and its command', async () => {
  // The terminal is that of `script`; when that is killed, the kernel hangs up on what runs there.
  const line = `quoted=$(printf '%q ' "$0" "$@"); script -qfc "$quoted & echo \\$! > run; wait" /dev/null > /dev/null 2>&1 < /dev/null & terminal=$!
    ${STARTED} || exit 3; kill -KILL "$terminal"; wait "$terminal" 2>/dev/null
    for i in $(seq 100); do kill -0 "$(cat run)" 2>/dev/null || break; sleep 0.1; done
    kill -0 "$(cat run)" 2>/dev/null && exit 4; kill -0 "$(cat command)" 2>/dev/null && exit 5; exit 0`;
  const ended = await inBash(line, ['long.yml'], dir);
  assert.is(ended.code, 0, ended.err);
  assert.not(existsSync(join(dir, 'late')));
});

test('an output that cannot be written is told, and no success', async () => {
  const ended = await inBash('"$0" "$@" > /dev/full', ['--help'], dir);
  assert.is(ended.code, 1);
  assert.match(ended.err, /^error: the output cannot be written: ENOSPC/);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));

test.run();
