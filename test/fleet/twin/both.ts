import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { noFleet, withLab } from '../fleet.js';
import {
  type Ended,
  hasAnsible,
  type Options,
  runAnsible,
  runOurs,
  withScratch,
  writeInventory,
} from './programs.js';
import { changes, readRecap, readReport } from './report.js';
import { difference, stateOf } from './state.js';

const NODES = ['n1', 'n2'];
const GROUPS = { front: ['n1'], store: ['n2'] };

type Side = { readonly first: Ended; readonly second: Ended; readonly became: string[][] };
type Program = (args: readonly string[], options?: Options) => Promise<Ended>;

async function provision(lab: Lab, program: Program, playbook: string): Promise<Side> {
  return withScratch(async (folder) => {
    const args = ['-i', writeInventory(lab, folder, GROUPS), playbook];
    const before = await Promise.all(NODES.map((name) => stateOf(lab, name)));
    const first = await program(args);
    assert.is(first.code, 0, first.stdout + first.stderr);
    const after = await Promise.all(NODES.map((name) => stateOf(lab, name)));
    const second = await program(args);
    assert.is(second.code, 0, second.stdout + second.stderr);
    return { first, second, became: NODES.map((_, i) => difference(before[i]!, after[i]!)) };
  });
}

function agree(ours: Side, theirs: Side): void {
  for (const run of ['first', 'second'] as const) {
    assert.equal(readReport(ours[run].stdout), readReport(theirs[run].stdout), `${run} run, task by task`);
    assert.equal(readRecap(ours[run].stdout), readRecap(theirs[run].stdout), `${run} run, recap`);
  }
  assert.ok(changes(ours.first.stdout) > 10);
  assert.equal(ours.became, theirs.became, 'the same end state');
  assert.ok(ours.became.every((lines) => lines.length > 10));
}

/**
 * One playbook, two fleets: ansible-playbook's nodes have python, ours have not. Both must end in the same state and
 * have said the same on the way. The suite is still to be run.
 */
export function twinTest(playbook: string): Test {
  const test = suite('twin nodes');
  const reason = noFleet() ?? (hasAnsible() ? undefined : 'ansible-playbook is not installed');
  if (reason) console.log(`no fleet: ${reason}`);
  const check = reason ? test.skip : test;
  check('the same playbook leaves the same state', () =>
    withLab({ nodes: NODES }, (minimal) =>
      withLab({ nodes: NODES, image: { variant: 'python' } }, async (python) =>
        agree(await provision(minimal, runOurs, playbook), await provision(python, runAnsible, playbook)),
      ),
    ),
  );
  return test;
}
