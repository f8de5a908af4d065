import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { templater } from './given.js';

const CASES: ['value' | 'condition', string, string[]][] = [
  ['value', 'plain', []],
  ['value', '{{ a }}', ['a']],
  ['value', '{{ a.b[c].d | default(e, f=g) }}', ['a', 'c', 'e', 'g']],
  ['value', '{{ a if b else c }} {{ d is version(e) }}', ['a', 'b', 'c', 'd', 'e']],
  ['value', '{{ [a, (b, c), {d: e}] }} {{ -f ** g ~ h }}', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
  [
    'value',
    '{% for i in l if i > m %}{{ i }}{{ n }}{% else %}{{ o }}{% endfor %}',
    ['i', 'l', 'm', 'n', 'o'],
  ],
  ['value', '{% for i in l %}{{ loop.index }}{% endfor %}', ['l']],
  ['value', '{% set x %}{{ y }}{% endset %}{% with z = w %}{{ z }}{% endwith %}', ['w', 'y', 'z']],
  ['value', '{% macro m(p, q=r) %}{{ s }}{% endmacro %}{{ m(t, *u, **v) }}', ['m', 'r', 's', 't', 'u', 'v']],
  ['value', '{% include inc %}{% import "x" as y %}', ['inc']],
  ['value', "{{ lookup('file', path ~ '.x') }}", ['lookup', 'path']],
  ['value', '{% raw %}{{ a }}{% endraw %}{# {{ b }} #}', []],
  ['value', '{{ broken', []],
  ['condition', 'a == 1 and b.c is defined', ['a', 'b']],
  ['condition', '{{ a }} == b', ['a']],
  ['condition', 'not a', ['a']],
  ['condition', '"a" in b', ['b']],
  ['condition', 'a ==', []],
];

for (const [kind, source, names] of CASES)
  test(`${kind}: ${source}`, () => {
    assert.equal([...templater.reads(source, kind)].sort(), names);
    assert.equal([...templater.reads(source, kind)].sort(), names, 'the same when asked again');
  });

test.run();
