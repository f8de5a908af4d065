import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { filesOf, scopeOf, templater } from './given.js';

const CASES: [string, RegExp][] = [
  ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', /recurses too deeply/],
  ['{% include "self.j2" %}', /recurses too deeply/],
  ['{% extends "up.j2" %}', /recurses too deeply/],
  ['{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}', /recurses too deeply/],
  ['{% block b %}{{ self.b() }}{% endblock %}', /recurses too deeply/],
  ['{{ range(1000000000000) }}', /too long/],
  ['{{ "x" * 1000000000 }}', /too large/],
  ['{{ [1] * 1000000000 }}', /too large/],
  ['{{ 10 ** 100000000 }}', /too large/],
  [
    '{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}',
    /too large/,
  ],
  ["{{ ('a' * 40 ~ 'b') is match('(a|aa)+$') }}", /longer than 3 seconds/],
  ["{{ lookup('sequence', 'end=1000000000') }}", /too many/],
  [
    '{% for a in range(5000) %}{% for b in range(5000) %}{% endfor %}{% endfor %}',
    /more than 5000000 rounds/,
  ],
  ['{% set x = "x" * 40000000 %}{{ x }}{{ x }}{{ x }}', /longer than/],
  [`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, /nested too deeply/],
  [`{{ ${'not '.repeat(5000)}1 }}`, /nested too deeply/],
  [`{{ ${'-'.repeat(5000)}1 }}`, /nested too deeply/],
  [`${'{% if 1 %}'.repeat(5000)}${'{% endif %}'.repeat(5000)}`, /nested too deeply/],
];

for (const [template, says] of CASES)
  test(template.slice(0, 70), () => {
    const files = filesOf({ 'self.j2': '{% include "self.j2" %}', 'up.j2': '{% extends "up.j2" %}' });
    try {
      templater.value(template, scopeOf({}), files);
    } catch (error) {
      assert.instance(error, FfeError);
      assert.match((error as Error).message, says);
      return;
    }
    assert.unreachable('not stopped');
  });

test('long chains of operators and filters are no recursion of ours', () => {
  assert.is(templater.value(`{{ ${'1 + '.repeat(800)}1 }}`, scopeOf({}), filesOf()), '801');
  assert.is(templater.value(`{{ "a"${' | upper'.repeat(500)} }}`, scopeOf({}), filesOf()), 'A');
});

test('an error in a macro leaves the templater usable', () => {
  const scope = scopeOf({ ok: 'fine' });
  assert.throws(() => templater.value('{% macro m() %}{{ nope }}{% endmacro %}{{ m() }}', scope, filesOf()));
  assert.is(templater.value('{% macro m() %}{{ ok }}{% endmacro %}{{ m() }}', scope, filesOf()), 'fine');
});

test.run();
