import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Collector, checkSubset, collectorsOf } from '../../../lib/node/facts/subset.js';
import { withScratch } from '../scratch.js';

// What is asked for, and what must be there (or, with `!`, must not).
const cases: [string[], string[]][] = [
  [[], ['platform', 'hardware', 'network', 'virtual']],
  [['all'], ['platform', 'hardware', 'network', 'virtual', 'loadavg']],
  [['min'], ['platform', 'env', '!hardware', '!network', '!chroot']],
  [['!all'], ['platform', 'env', '!hardware', '!network']],
  [
    ['!all', '!min'],
    ['!platform', '!env', '!hardware'],
  ],
  [['network'], ['platform', 'network', '!hardware']],
  [
    ['!all', '!min', 'network'],
    ['network', 'platform', 'distribution', '!hardware', '!env'],
  ],
  [
    ['all', '!hardware'],
    ['network', 'platform', '!hardware'],
  ],
  [
    ['all', '!network', 'network'],
    ['network', 'hardware'],
  ],
  [
    ['!mounts', 'all'],
    ['network', '!hardware'],
  ],
  [
    ['!all', 'default_ipv4'],
    ['network', '!hardware'],
  ],
  [['!nosuch', 'all'], ['hardware']],
  [
    ['!all', '!min', 'hardware'],
    ['hardware', 'platform', '!distribution', '!env'],
  ],
  [
    ['!all', '!min', 'pkg_mgr'],
    ['pkg_mgr', 'distribution', '!platform'],
  ],
  [
    ['min', '!platform'],
    ['service_mgr', 'platform'],
  ],
];
for (const [subset, wanted] of cases)
  test(`gather_subset ${JSON.stringify(subset)}`, () => {
    const found = collectorsOf(subset);
    for (const name of wanted)
      assert.is(found.has(name.replace('!', '') as Collector), !name.startsWith('!'), name);
  });

test('a subset that is not there is refused, with the nearest name', () => {
  assert.throws(
    () => checkSubset(['netwrk']),
    /'netwrk' is not a subset of facts \(did you mean 'network'\?\)/,
  );
  checkSubset(['all', 'min', '!anything', 'network', 'mounts']);
});

test('this machine: what is left out is not gathered', () =>
  withScratch(async ({ node, trips }) => {
    const facts = (subset: string[]) => ({ kind: 'facts', subset, factPath: '/no', timeout: 5 }) as const;
    const answers = await node.ask([facts(['!all']), facts(['!all', '!min', 'virtual']), facts(['all'])]);
    assert.is(trips(), 1);
    const names = answers.map((a) => (a.kind === 'facts' ? Object.keys(a.facts) : []));
    assert.ok(names[0]!.includes('kernel') && !names[0]!.includes('mounts'));
    assert.ok(names[1]!.includes('virtualization_type') && !names[1]!.includes('kernel'));
    for (const name of ['kernel', 'mounts', 'interfaces', 'virtualization_type', 'env', 'date_time'])
      assert.ok(names[2]!.includes(name), name);
  }));

test.run();
