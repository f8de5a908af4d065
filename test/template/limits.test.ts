import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { called, watch } from '../../lib/template/runtime/effort.js';
import { MAX_TIME, type Render } from '../../lib/template/runtime/state.js';
import { filesOf, scopeOf, templater } from './given.js';

// A list of lists, twenty thousand deep.
const NEST = '{% set ns = namespace(l=[]) %}{% for i in range(20000) %}{% set ns.l = [ns.l] %}{% endfor %}';

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
  ["{{ 'x' | password_hash('sha512', rounds=999999999) }}", /take too long; at most 2000000/],
  ["{{ 'x' | password_hash('bcrypt', rounds=31) }}", /take too long; at most 15/],
  ["{{ ('{' * 100000) | from_yaml }}", /nested too deeply/],
  ["{{ ('[' * 3000 ~ ']' * 3000) | from_yaml }}", /nested too deeply/],
  ["{{ ('&a [*a,' * 1000) | from_yaml }}", /nested too deeply/],
  ["{{ ('? ' * 3000) | from_yaml }}", /nested too deeply/],
  ["{{ ('a: ' * 3000) | from_yaml }}", /nested too deeply/],
  ["{{ ('[' * 100000) | from_json }}", /less nesting/],
  [`${NEST}{{ ns.l | to_nice_json }}`, /recurses too deeply/],
  [`${NEST}{{ ns.l | to_nice_yaml }}`, /recurses too deeply/],
  [`${NEST}{{ ns.l | pprint }}`, /recurses too deeply/],
  ['{% set l = [] %}{% set _ = l.append(l) %}{{ l == l }}', /recurses too deeply/],
  ["{{ '%1000000000d' % 5 }}", /too large/],
  ["{{ '{:>999999999}'.format(5) }}", /too large/],
  ["{{ '%.1000000000f' % 1.5 }}", /too large/],
  ["{{ '{:.1000000000f}'.format(1.5) }}", /too large/],
  ["{{ '{:01000000000}'.format(5) }}", /too large/],
  ["{{ 'x'.zfill(10**10) }}", /too large/],
  ["{{ 'x' | center(10**10) }}", /too large/],
  ["{{ 'x' | indent(10**10) }}", /too large/],
  ["{{ '\t'.expandtabs(10**10) }}", /too large/],
  ['{{ range(30) | permutations | length }}', /combinations are more than/],
  ['{{ range(2000) | product(range(2000)) | list | length }}', /combinations are more than/],
  ["{{ '::/0' | ansible.utils.usable_range }}", /more than 1048576 addresses/],
  ["{{ range(10) | batch(10**9, 'x') | list | length }}", /too large/],
  ['{{ range(10) | slice(10**9) | list | length }}', /too large/],
  [
    '{% set ns = namespace(x=2) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}',
    /more than 1000000 binary digits/,
  ],
  ['{{ lipsum(10**9) }}', /at most 1000/],
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

test('a render that takes too much processor time is stopped', () => {
  const r = { started: undefined };
  watch(r, { user: 5_000_000, system: 0 });
  watch(r, { user: 5_000_000 + MAX_TIME, system: 0 });
  assert.throws(() => watch(r, { user: 5_000_000 + MAX_TIME, system: 1 }), /longer than 20 seconds/);
});

test('many filters are watched, each of which is quick', () => {
  const r = { calls: 0, started: { user: -MAX_TIME - 1, system: 0 } } as unknown as Render;
  assert.throws(() => {
    for (let i = 0; i < 16; i++) called(r);
  }, /longer than 20 seconds/);
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
