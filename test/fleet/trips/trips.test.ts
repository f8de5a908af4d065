import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { fleetSuite, onNode } from '../fleet.js';
import { runOurs, withScratch, writeInventory } from '../twin/programs.js';
import { changes, readReport } from '../twin/report.js';

// The wire is what a converged run costs: its packets are counted by the node's own kernel, ssh's login included.
const PLAYBOOK = fileURLToPath(new URL('../../../bench/site.yml', import.meta.url));
const test = fleetSuite('round trips', { nodes: 1 });

const RECEIVED = 'cat /sys/class/net/host0/statistics/rx_packets';

test('a converged play of some forty tasks costs few packets', async ({ lab }) => {
  await withScratch(async (folder) => {
    const args = ['-i', writeInventory(lab, folder, { front: ['n1'], store: [] }), PLAYBOOK];
    assert.is((await runOurs(args)).code, 0);
    const empty = await received(() => onNode(lab, 'n1', 'true'));
    const second = { output: '' };
    const used = await received(async () => {
      second.output = (await runOurs(args)).stdout;
    });
    assert.is(changes(second.output), 0);
    const items = readReport(second.output).reduce((sum, task) => sum + task.lines.length, 0);
    assert.ok(items > 40, readFileSync(PLAYBOOK, 'utf8'));
    // A trip for every item would be one packet and its acknowledgement for each, beside the login.
    assert.ok(used - empty < 2 * items, `${used} packets, ${empty} for a login, ${items} items`);
    console.log(`${items} items: ${used} packets to the node; a plain login ${empty}`);
  });

  async function received(work: () => Promise<unknown>): Promise<number> {
    const before = Number(await onNode(lab, 'n1', RECEIVED));
    await work();
    return Number(await onNode(lab, 'n1', RECEIVED)) - before;
  }
});

test.run();
