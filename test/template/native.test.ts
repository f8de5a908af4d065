import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../lib/template/builtin.js';
import { createTemplater } from '../../lib/template/create.js';
import type { HostFiles, Scope } from '../../lib/template/library.js';
import { repr } from '../../lib/values/print.js';
import type { Value } from '../../lib/values/value.js';

const NAMES = new Map<string, Value>([
  ['one', 1],
  ['text', '5'],
  ['nothing', null],
  ['d', new Map<Value, Value>([['a', 1]])],
]);
const scope: Scope = {
  get: (name) => NAMES.get(name),
  has: (name) => NAMES.has(name),
  names: () => NAMES.keys(),
};
const files: HostFiles = { searchPath: [], baseDir: '/', secret: () => {}, unvault: (t) => t, ahead: false };

// Template; what it is with jinja2_native (by Jinja2's rule: a lone value as it is, text as Python's literal), and without.
const CASES: readonly (readonly [string, string, string])[] = [
  ['{{ one + 1 }}', '2', "'2'"],
  ['{{ text }}', '5', "'5'"],
  ['{{ nothing }}', 'None', 'None'],
  ['x{{ one }}', "'x1'", "'x1'"],
  ['{{ one }}{{ one }}', '11', "'11'"],
  ['{{ nothing }}x', "'Nonex'", "'x'"],
  ['{{ d }}', "{'a': 1}", "{'a': 1}"],
  ['[{{ one }}, 2]', '[1, 2]', '[1, 2]'],
  ["{{ '1.50' }}", '1.5', "'1.50'"],
  ["{{ '0x10' }}", '16', "'0x10'"],
  ['{{ text | string }}', "'5'", "'5'"],
  ['{{ "\'quoted\'" }}', '"\'quoted\'"', '"\'quoted\'"'],
  ["{{ 'true' }}", "'true'", "'true'"],
  ["{{ '[true]' }}", "'[true]'", '[True]'],
  ["{{ ' 1' }}", "' 1'", "' 1'"],
  ["{{ '(1, 2)' }}", '(1, 2)', "'(1, 2)'"],
  ['{% if true %}12{% endif %}', '12', "'12'"],
  ['{{ d | to_json }}', '\'{"a": 1}\'', '\'{"a": 1}\''],
  ['{{ one == 1 }}', 'True', 'True'],
  ['{% macro m(v) %}{{ v }}{% endmacro %}{{ m(1) + 1 }}', '2', ''],
];

const [native, plain] = [createTemplater(library, true), createTemplater(library)];

for (const [source, natively, usually] of CASES)
  test(`native types: ${source}`, () => {
    assert.is(repr(native.value(source, scope, files)), natively);
    if (usually !== '') assert.is(repr(plain.value(source, scope, files)), usually);
  });

test('a template file is text all the same', () => {
  assert.is(native.file('{{ nothing }}|{{ one }}\n', 't.j2', scope, files), '|1\n');
});

test.run();
