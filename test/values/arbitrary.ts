import fc from 'fast-check';
import { assign, hashOf } from '../../lib/values/equal.js';
import { float, int } from '../../lib/values/number.js';
import { type Dict, Tuple, type Value } from '../../lib/values/value.js';

/** Any value of the domain that Python could write as a literal. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value; leaf: Value }>((tie) => ({
  leaf: fc.oneof(
    fc.constant<Value>(null),
    fc.boolean(),
    fc.integer(),
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map((n) => int(n)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => float(n)),
    fc.string({ unit: fc.constantFrom(...'abzAZ09 _-äßÉ中\u00a0\u200b\u0007😀{[\'"\\'), maxLength: 8 }),
    fc.constantFrom('', "it's", '"', '\\', '\n', '\u200b', '😀', '{', '[1', '__proto__', '10', '2'),
  ),
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => new Tuple(items)),
    fc.array(fc.tuple(tie('leaf'), tie('value')), { maxLength: 4 }).map(dictOf),
  ),
})).value;

function dictOf(pairs: [Value, Value][]): Dict {
  const dict: Dict = new Map();
  for (const [key, value] of pairs) if (hashOf(key) !== undefined) assign(dict, key, value);
  return dict;
}
