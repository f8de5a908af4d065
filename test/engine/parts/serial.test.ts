import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { batchesBy } from '../../../lib/engine/batches.js';
import { recorded } from '../../recorded.js';

type Case = { serial: (number | string)[]; hosts: number; sizes: number[] };

const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `h${i}`);

for (const one of recorded<Case>('engine/parts/serial.recorded.json', ['serial', 'hosts', 'sizes']))
  test(`serial ${JSON.stringify(one.serial)} of ${one.hosts}`, () => {
    const sizes = batchesBy(one.serial, named(one.hosts)).map((batch) => batch.length);
    assert.equal(sizes, one.sizes);
    const [only] = one.serial;
    if (one.serial.length > 1 || only === undefined) return;
    assert.equal(
      batchesBy(only, named(one.hosts)).map((batch) => batch.length),
      sizes,
    );
  });

test('every host is in one batch, in order, whatever serial says', () => {
  const entry = fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
  );
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 40 }),
      (serial, count) => {
        const batches = batchesBy(serial, named(count));
        assert.equal(batches.flat(), named(count));
        assert.ok(batches.every((batch) => batch.length > 0));
      },
    ),
  );
});

for (const bad of ['many', '10 %', '1.5', '%'])
  test(`serial '${bad}' is refused`, () => {
    assert.throws(() => batchesBy(bad, named(3)), /serial must be a number, a percentage/);
  });

test.run();
