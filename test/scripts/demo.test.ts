import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Lab } from '../../lib/lab/index.js';
import { blockedPort, changedTasks, farewell, loginOf } from '../../scripts/demo/words.js';

const lab: Lab = {
  ...{ name: 'x', prefix: '10.9.8', dir: '/lab', keyFile: '/lab/key', knownHosts: '/lab/known' },
  nodes: [
    { name: 'web1', address: '10.9.8.11' },
    { name: 'db1', address: '10.9.8.13' },
  ],
  passwordFile: '/lab/password',
  image: { suite: 'bookworm', variant: 'minimal', include: [], hash: '', path: '' },
};

test('changed tasks are found among a run’s lines', () => {
  const line = (event: object) => JSON.stringify(event);
  const output = [
    line({ type: 'run-start' }),
    line({ type: 'host-result', status: 'ok', host: 'a', task: { name: 'one' } }),
    line({ type: 'host-result', status: 'changed', host: 'b', task: { name: 'two' } }),
    line({ type: 'item-result', status: 'changed', host: 'b', task: { name: 'two' } }),
    'not a line of JSON',
  ].join('\n');
  assert.equal(changedTasks(output), ['b: two']);
});

test('the last words name everything there is to look at', () => {
  const blocked = blockedPort(lab);
  assert.equal(blocked, { address: '10.9.8.13', port: 5432 });
  const text = farewell({ lab, inventory: 'inventory/demo.yml', ca: '/lab/ca.crt', blocked });
  for (const part of [
    '--cacert /lab/ca.crt',
    'web1:443:10.9.8.11',
    '/dev/tcp/10.9.8.13/5432',
    'npm run demo -- down',
  ])
    assert.ok(text.includes(part), part);
  assert.equal(loginOf('a.yml', '/lab'), ['-i', 'a.yml', '-i', '/lab/inventory.yml']);
});

test.run();
