import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../lib/template/builtin.js';
import { createTemplater } from '../../lib/template/create.js';
import { toJson } from '../../lib/values/convert.js';
import type { Raw, Value } from '../../lib/values/value.js';
import { data, type Layer, templates } from '../../lib/vars/layer.js';
import { makeScope } from '../../lib/vars/scope.js';
import { parseYaml } from '../../lib/yaml/load.js';

const vars = (text: string): ReadonlyMap<string, Raw> =>
  parseYaml(text, 'vars.yml') as ReadonlyMap<string, Raw>;
const files = { searchPath: [], baseDir: '/', secret: () => {}, unvault: (t: string) => t, ahead: false };

function value(layers: readonly Layer[], name: string, merges: boolean): unknown {
  const scope = makeScope(layers, { templater: createTemplater(library), files, merges });
  return toJson(scope.get(name) as Value);
}

// Highest precedence first; what ansible-core 2.14 makes of them with hash_behaviour=merge, and without.
const CASES: readonly (readonly [string, readonly string[], unknown, unknown])[] = [
  ['keys of both', ['d: {a: 1}', 'd: {a: 0, b: 2}'], { a: 1, b: 2 }, { a: 1 }],
  ['at any depth', ['d: {x: {a: 1}}', 'd: {x: {b: [2]}}'], { x: { a: 1, b: [2] } }, { x: { a: 1 } }],
  ['lists are replaced', ['d: {x: [1]}', 'd: {x: [2]}'], { x: [1] }, { x: [1] }],
  ['three', ['d: {a: 1}', 'd: {b: 2}', 'd: {c: 3}'], { a: 1, b: 2, c: 3 }, { a: 1 }],
  ['something else ends it', ['d: {a: 1}', 'd: text', 'd: {c: 3}'], { a: 1 }, { a: 1 }],
  ['a text above wins', ['d: text', 'd: {c: 3}'], 'text', 'text'],
  ['templates in both', ['d: {a: "{{ n }}"}\nn: 5', 'd: {b: "{{ n + 1 }}"}'], { a: 5, b: '6' }, { a: 5 }],
  ['other names between', ['d: {a: 1}', 'e: 1', 'd: {b: 2}'], { a: 1, b: 2 }, { a: 1 }],
];

for (const [name, texts, merged, replaced] of CASES)
  test(`dicts of several layers: ${name}`, () => {
    const layers = texts.map((text, i) => templates(`layer ${i}`, vars(text)));
    assert.equal(value(layers, 'd', true), merged);
    assert.equal(value(layers, 'd', false), replaced);
  });

test('data adds to templates', () => {
  const learnt = data('facts', new Map<string, Value>([['d', new Map<Value, Value>([['a', '{{ no }}']])]]));
  assert.equal(value([learnt, templates('play', vars('d: {b: "{{ 1 }}"}'))], 'd', true), {
    a: '{{ no }}',
    b: '1',
  });
});

test.run();
