import * as assert from 'uvu/assert';
import { labReboot } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing } from '../roles/laws.js';
import { failuresOf, inventoryOf, provision, rolesPlay } from '../roles/provision.js';
import { APPS, ask, current, DEPLOY, HOME, NODES, PAIR, prepare, run, underLoad } from './pair.js';
import { DATA } from './shape.js';
import { agentTurns, overlaps } from './watch.js';

const ROLLBACK = 'playbooks/rollback.yml';
const known = { third: '' };
const test = fleetSuite('the way back', NODES);

test('blue-green, and back to what was before with its settings', async ({ lab }) => {
  await prepare(lab);
  const begun = await run(lab, DEPLOY);
  assert.is(begun.code, 0, failuresOf(begun));
  const first = await current(lab, 'app1');
  await underLoad(lab, DEPLOY, {
    ffe_version: '3',
    ffe_strategy: 'blue-green',
    ffe_environment: { COLOUR: 'green' },
  });
  assert.equal(await ask(lab), { version: '3', node: 'app2', colour: 'green' });
  assert.is(await current(lab, 'app1'), first);
  known.third = await current(lab, 'app2');
  await underLoad(lab, ROLLBACK);
  assert.equal(await ask(lab), { version: '1', node: 'app1', colour: 'blue' });
  assert.is(await current(lab, 'app2'), first);
});

test('back to a release by its name; one that is not there is refused', async ({ lab }) => {
  const none = await run(lab, ROLLBACK, { release: '0-none' });
  assert.is(none.code, 2);
  assert.match(failuresOf(none), /has no release 0-none; it has:/);
  const ran = await run(lab, ROLLBACK, { release: known.third });
  assert.is(ran.code, 0, failuresOf(ran));
  assert.equal(await ask(lab), { version: '3', node: 'app2', colour: 'green' });
});

test('a reboot of the active node starts its agent again, and no other', async ({ lab }) => {
  await labReboot(lab, 'app2');
  await onNode(
    lab,
    'app2',
    'for _ in $(seq 200); do [ "$(ffe-app agent-state)" = running ] && exit; sleep 0.2; done; exit 1',
  );
  assert.is(await onNode(lab, 'app1', 'ffe-app agent-state'), 'stopped\n');
  assert.equal(overlaps(await agentTurns(lab, APPS)), []);
});

test('absent removes it, its data only when told', async ({ lab }) => {
  const inventory = inventoryOf(lab, PAIR);
  const gone = (more = {}) => rolesPlay(lab, [{ role: 'ffe', ffe_state: 'absent', ...more }], 'app');
  const kept = await provision(inventory, gone());
  assert.is(kept.code, 0, failuresOf(kept));
  const left = `ls -d ${HOME}/* ${HOME}/.env /usr/local/sbin/ffe* /etc/systemd/system/ffe* ${DATA} 2>/dev/null; docker ps -aq`;
  assert.is((await tryOnNode(lab, 'app1', left)).stdout, `${DATA}\n`);
  const destroyed = await provision(inventory, gone({ ffe_destroy_data: true }));
  assert.is(destroyed.code, 0, failuresOf(destroyed));
  assert.is((await tryOnNode(lab, 'app1', left)).stdout, '');
  await changesNothing(inventory, gone({ ffe_destroy_data: true }));
});

test.run();
