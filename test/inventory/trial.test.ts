import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadInventory } from '../../lib/inventory/load.js';

const GOOD = 'web1,';
const GONE = '/nowhere/hosts.ini';
const NONE_READ = 'No inventory was parsed, only implicit localhost is available';
const texts = (sources: string[], required: 'any' | 'none') =>
  loadInventory(sources, { required }).warnings.map((w) => w.text);

test('a source that cannot be read is warned of, and the others are used', () => {
  const { inventory, warnings } = loadInventory([GONE, GOOD], { required: 'none' });
  assert.equal([...inventory.hosts.keys()], ['web1']);
  assert.is(warnings.at(-1)?.text, `Unable to parse ${GONE} as an inventory source`);
});

test('no readable source at all', () => {
  assert.is(texts([GONE], 'none').at(-1), NONE_READ);
  assert.not(texts([GONE, GOOD], 'any').includes(NONE_READ));
  assert.throws(() => texts([GONE], 'any'), /No inventory was parsed/);
});

test('every source required', () => {
  assert.throws(() => loadInventory([GONE, GOOD], { required: 'every' }), /there is no inventory/);
});

test.run();
