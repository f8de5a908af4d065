import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCK, HANDLER, INCLUDE, PLAY, ROLE, TASK } from '../../lib/playbook/keywords.js';
import { CHOICE_SCHEMAS, KIND_SCHEMAS } from '../../lib/playbook/schema/build.js';
import { validators } from '../../lib/playbook/schema/compiled.js';
import { compiledSchemas } from '../../scripts/compile-schemas.js';

// kind, values that fit, values that do not.
const CASES: [kind: string, good: unknown[], bad: unknown[]][] = [
  ['bool', [true, false, null, 0, 1, 'yes', 'No', 'TRUE', 'off', 't', '{{ x }}'], ['maybe', 2, [], {}, '']],
  ['int', [1, -2, null, '3', '{{ x }}', '{% if a %}1{% endif %}'], ['x', '1.5', true, [], {}]],
  ['number', [1, 1.5, '2.5', '.5', null, '{{ x }}'], ['x', true, []]],
  ['percent', [10, '10', '10%', '33.3%', null, '{{ x }}'], ['ten', [], '10%%']],
  ['string', ['x', 1, true, null], [[], {}]],
  ['strings', ['x', 1, ['a', 2], null], [{}, [{}], [['a']]]],
  ['conditions', ['x', true, ['a', false]], [{}, [{}]]],
  ['dict', [{}, null], ['x', [], 1]],
  ['dicts', [{}, [{}], null, '{{ env }}', [{}, '{{ env }}']], ['x', 1, ['x']]],
  ['tasks', [[], null, [{}]], ['x', {}]],
  ['list', ['x', [], {}], []],
  ['order', ['sorted', '{{ x }}', null], ['sort', 1]],
  ['debugger', ['on_failed'], ['on_fail']],
  ['strategy', ['linear', 'ansible.builtin.free'], ['mitogen_linear']],
];

for (const [kind, good, bad] of CASES)
  test(`kind ${kind}`, () => {
    for (const value of good) assert.ok(validators[kind]!(value), `${JSON.stringify(value)} should fit`);
    for (const value of bad)
      assert.not.ok(validators[kind]!(value), `${JSON.stringify(value)} should not fit`);
  });

test('the compiled validators are those of the schemas', () => {
  const file = new URL('../../lib/playbook/schema/compiled.js', import.meta.url);
  assert.is(readFileSync(file, 'utf8'), compiledSchemas(), 'run scripts/compile-schemas.ts');
  assert.equal(
    Object.keys(validators).sort(),
    [...Object.keys(KIND_SCHEMAS), ...Object.keys(CHOICE_SCHEMAS)].sort(),
  );
});

test('every keyword of every level has a kind that can be checked', () => {
  for (const level of [PLAY, ROLE, BLOCK, TASK, HANDLER, INCLUDE])
    for (const [name, kind] of Object.entries(level)) assert.ok(validators[kind], name);
});

test.run();
