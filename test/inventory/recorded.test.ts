import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadInventory } from '../../lib/inventory/load.js';
import { expandRange } from '../../lib/inventory/ranges.js';
import { selectHosts } from '../../lib/inventory/select.js';
import { recorded } from '../recorded.js';

type PatternCase = { pattern: string; hosts?: string[]; error?: true };
type RangeCase = { range: string; names?: string[]; error?: true };

/** Without any host there, which nobody can mean. */
const BACKWARDS = new Set(['h[3:1]']);

const { inventory } = loadInventory(['test/inventory/patterns.ini']);

for (const { pattern, hosts, error } of recorded<PatternCase>(
  'inventory/patterns.recorded.json',
  ['pattern'],
  ['hosts', 'error'],
))
  test(`hosts of ${pattern}`, () => {
    if (error) assert.throws(() => selectHosts(inventory, pattern));
    else assert.equal(selectHosts(inventory, pattern).hosts, hosts);
  });

for (const { range, names, error } of recorded<RangeCase>(
  'inventory/ranges.recorded.json',
  ['range'],
  ['names', 'error'],
))
  test(`range ${range}`, () => {
    if (error || BACKWARDS.has(range)) assert.throws(() => expandRange(range));
    else assert.equal(expandRange(range), names);
  });

test.run();
