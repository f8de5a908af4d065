import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite } from '../fleet.js';
import { type Ended, runOurs, withScratch, writeInventory } from '../twin/programs.js';
import { changes, readReport } from '../twin/report.js';
import { difference, stateOf } from '../twin/state.js';

// What check mode says of a fresh node is what the real run then says, task by task and diff by diff.
const PLAYBOOK = fileURLToPath(new URL('../../../bench/site.yml', import.meta.url));
const GROUPS = { front: ['n1'], store: [] };

const test = fleetSuite('check mode', { nodes: 1 });

function run(lab: Lab, ...args: string[]): Promise<Ended> {
  return withScratch(async (folder) => {
    const ended = await runOurs(['-i', writeInventory(lab, folder, GROUPS), ...args, join(PLAYBOOK)]);
    assert.is(ended.code, 0, ended.stdout + ended.stderr);
    return ended;
  });
}

// Nobody can foresee what a command does: check mode leaves it out and says so.
function comparable(output: string): string {
  const all = output.split(/^PLAY RECAP/m)[0]!.replace(/^(TASK \[probe now\] \*+\n)\w+: .*$/m, '$1');
  // Temporary copies of templates have names of their own.
  return all.replace(/^\+\+\+ after: .*$/gm, '+++ after');
}

test('check, run, run again, check again', async ({ lab }) => {
  const before = await stateOf(lab, 'n1');
  const checked = await run(lab, '--check', '--diff');
  assert.equal(difference(before, await stateOf(lab, 'n1')), [], 'check mode changes nothing');
  const first = await run(lab, '--diff');
  assert.is(comparable(checked.stdout), comparable(first.stdout));
  assert.is(changes(checked.stdout), changes(first.stdout));
  assert.ok(readReport(checked.stdout).length > 20);
  const after = await stateOf(lab, 'n1');
  assert.ok(difference(before, after).length > 10);
  for (const args of [['--diff'], ['--check', '--diff']]) {
    const again = await run(lab, ...args);
    assert.is(changes(again.stdout), 0);
    assert.not.match(again.stdout, /^(\+\+\+|---) /m);
  }
  assert.equal(difference(after, await stateOf(lab, 'n1')), [], 'a second run changes nothing');
});

test.run();
