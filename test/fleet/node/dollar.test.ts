import * as assert from 'uvu/assert';
import { createConnection } from '../../../lib/node/connect.js';
import { dollar } from '../../../lib/node/dollar.js';
import { fleetSuite } from '../fleet.js';
import { say, targetOf, withNode } from './reach.js';

const test = fleetSuite('node: zx on a node', { nodes: 1 });

test('commands run on the node, in its environment, as anybody', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
    const $ = dollar(node);
    assert.is((await $`hostname; pwd`).stdout, 'n1\n/home/admin\n');
    assert.is((await $`echo "$NODE_ENV$npm_lifecycle_event"`).stdout, '\n');
    assert.is(await dollar(node, { method: 'sudo', user: 'root' })`id -un`.text(), 'root\n');
  });
});

test('pipes stay on the node', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1'), async (node) => {
    const $ = dollar(node);
    assert.is((await $`echo a`.pipe($`cat; hostname`)).stdout, 'a\nn1\n');
    assert.is((await $`echo a`.pipe`tr a b; hostname`).stdout, 'b\nn1\n');
  });
});

test('a killed or late command is gone from the node', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1'), async (node) => {
    const $ = dollar(node);
    const late = await $`sleep 4714`.timeout('200ms').nothrow();
    assert.not(late.ok);
    const killed = $`sleep 4714`.nothrow();
    setTimeout(() => void killed.kill(), 200);
    assert.not((await killed).ok);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    assert.not((await $({ ac: abort, nothrow: true })`sleep 4714`).ok);
    assert.is(await say(node, 'pgrep -fx "sleep 4714" || echo none'), 'none\n');
  });
});

test('a command started on a local node from within a remote one’s options runs here', async ({ lab }) => {
  const here = createConnection({ name: 'here', connection: 'local' });
  await withNode(targetOf(lab, 'n1'), async (node) => {
    const there = await dollar(node)`hostname`.text();
    const local = await dollar(here)`hostname`.text();
    assert.is(there, 'n1\n');
    assert.is.not(local, there);
  });
  await here.close();
});

test.run();
