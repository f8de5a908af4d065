import * as assert from 'uvu/assert';
import { changedIn, failuresOf, provision, type Ran } from './provision.js';

/** What every role promises: --check foretells the run, a second run changes nothing, nor does --check then. */
export async function convergesAsForetold(inventory: readonly string[], playbook: string): Promise<Ran> {
  const foretold = await provision(inventory, playbook, '--check', '--diff');
  assert.is(foretold.code, 0, `--check: ${failuresOf(foretold)}`);
  const first = await provision(inventory, playbook);
  assert.is(first.code, 0, `run: ${failuresOf(first)}`);
  assert.equal(changedIn(foretold), changedIn(first), 'what --check says is what the run does');
  await changesNothing(inventory, playbook);
  return first;
}

/** Fails unless a run, and one with --check, leave everything as it is. */
export async function changesNothing(inventory: readonly string[], playbook: string): Promise<void> {
  for (const options of [[], ['--check', '--diff']]) {
    const again = await provision(inventory, playbook, ...options);
    assert.is(again.code, 0, failuresOf(again));
    assert.equal(changedIn(again), [], `a second run ${options.join(' ')}`);
  }
}
