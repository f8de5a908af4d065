import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import type { Raw } from '../../lib/values/value.js';
import { templates } from '../../lib/vars/layer.js';
import { originOf } from '../../lib/vars/origin.js';
import { makeScope } from '../../lib/vars/scope.js';
import { parseYaml } from '../../lib/yaml/load.js';
import { filesOf, templater } from '../template/given.js';

// Each text holds one undefined name, `nope`; its errors must point at the name, wherever YAML lets it stand.
const TEXTS: Record<string, string> = {
  plain: 'a: x {{ nope }}\n',
  'double quotes': 'a: "x \\" \\u0041 {{ nope }}"\n',
  'single quotes': "a: 'it''s {{ nope }}'\n",
  'a block': 'a: |\n  first\n    second {{ nope }}\n',
  'a block with a chomping mark': 'a: |-\n    first\n    {{ nope }}\n',
  'a folded block': 'a: >\n  first\n  second {{ nope }}\n',
  'deep in a list': 'a:\n  - b: [1, "x {{ nope }}"]\n',
  'a block in a list': 'a:\n  - |\n    one\n    two {{ nope }}\n',
  'several lines in quotes': 'a: "one\n  two {{ nope }}"\n',
};

for (const [name, text] of Object.entries(TEXTS))
  test(`an error in ${name} points at the name`, () => {
    const vars = parseYaml(text, 'f.yml') as Map<string, Raw>;
    const before = text.slice(0, text.indexOf('nope')).split('\n');
    const scope = makeScope([templates('given', vars)], { templater, files: filesOf() });
    const wanted = { file: 'f.yml', line: before.length, col: before.at(-1)!.length + 1 };
    try {
      templater.value('{{ a }}', scope, filesOf(), originOf(vars, 'a'));
      assert.unreachable('nope is undefined');
    } catch (error) {
      assert.instance(error, FfeError);
      assert.equal((error as FfeError).pos, wanted);
    }
  });

test('a container that no file holds has no places', () => {
  const origin = originOf(new Map([['a', '{{ x }}']]), 'a');
  assert.is(origin.pos, undefined);
  assert.is(origin.place?.(1, 1), undefined);
});

test.run();
