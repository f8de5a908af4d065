import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { filesOf, scopeOf, templater } from './given.js';

const vars = { s: 'text', l: [1, 2], d: { a: 1 }, n: 5, f: 1.5 };
const SOURCES = [
  's',
  'l',
  'd',
  'n',
  'f',
  '""',
  '[]',
  '{}',
  '5',
  '1.5',
  'none',
  'true',
  '(1, 2)',
  'range(3)',
  'lookup',
];
const MEMBERS = [
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__lookupGetter__',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'call',
  'apply',
  'bind',
  'caller',
  'arguments',
  'then',
  'face',
  'kind',
  'toJSON',
];

// Everything here must end in an error, or in a value that is none of JavaScript's.
for (const source of [...SOURCES, 'namespace()', 'cycler(1)', 'd.items()', 's.upper', 'dict', 'vars'])
  for (const member of MEMBERS)
    for (const template of [`{{ ${source}.${member} }}`, `{{ ${source}['${member}'] }}`])
      test(template, () => {
        try {
          templater.value(template, scopeOf(vars), filesOf());
        } catch (error) {
          assert.instance(error, FfeError);
          assert.is((error as FfeError).code, 'undefined');
          return;
        }
        assert.unreachable('a member of a JavaScript object was reached');
      });

const ESCAPES = [
  "{{ [].constructor.constructor('return process')() }}",
  "{{ s.constructor.constructor('return globalThis')().process.exit(1) }}",
  "{{ ''['constructor']['constructor']('return 1')() }}",
  "{{ range.constructor('return process')() }}",
  '{{ constructor }}',
  '{{ __proto__ }}',
  '{{ process }}',
  '{{ globalThis }}',
  '{{ require("fs") }}',
  '{{ this }}',
  '{{ X }}',
  '{{ r }}',
  '{{ c.base }}',
  '{{ F[0] }}',
  "{{ l | map('constructor') | list }}",
  "{{ l | map(attribute='constructor') | list }}",
  "{{ [s] | map(attribute='constructor.name') | list }}",
  "{{ s | attr('constructor') }}",
  "{{ d | attr('__proto__') }}",
  "{{ l | select('constructor') | list }}",
  "{{ '{0.constructor}'.format(s) }}",
  "{{ '{0[constructor]}'.format(s) }}",
  "{{ '{0.__class__}'.format(d) }}",
  "{{ '%(constructor)s' % d }}",
  '{{ s | constructor }}',
  '{{ s | hasOwnProperty }}',
  '{{ s is constructor }}',
  '{{ s is __proto__ }}',
  "{{ lookup('constructor') }}",
  "{{ lookup('__proto__') }}",
  '{% constructor %}',
  '{% __proto__ %}',
  '{% set ns = namespace() %}{{ ns.constructor }}',
  '{% for i in l %}{{ loop.constructor }}{% endfor %}',
  '{% macro m() %}{{ caller.constructor }}{% endmacro %}{{ m() }}',
  '{% macro m() %}{% endmacro %}{{ m.constructor }}',
  '{{ self.constructor() }}',
  '{% set x.__proto__.polluted = 1 %}',
  '{% set d.polluted = 1 %}',
  "{% include '../../../../etc/passwd' %}",
  "{% include '/etc/passwd' %}",
];

for (const template of ESCAPES)
  test(template, () => {
    assert.throws(
      () => templater.value(template, scopeOf(vars), filesOf()),
      (e: unknown) => e instanceof FfeError && e.code !== 'internal',
    );
    assert.is(({} as Record<string, unknown>).polluted, undefined);
  });

test('code in names and texts is never run', () => {
  const hostile = [
    '"+process.exit(1)+"',
    '`${process.exit(1)}`',
    "');process.exit(1);('",
    '\u2028process.exit(1)',
    '*/ process.exit(1) /*',
  ];
  for (const text of hostile) {
    assert.is(templater.value(`${text} {{ s }}`, scopeOf(vars), filesOf()), `${text} text`);
    const quoted = templater.file(`{{ ${JSON.stringify(text)} ~ s }}`, 'a.j2', scopeOf(vars), filesOf());
    assert.is(quoted, `${text}text`);
  }
});

test('a dict may hold the names that JavaScript objects have', () => {
  const scope = scopeOf(JSON.parse('{"d": {"__proto__": 1, "constructor": 2, "length": 3}}'));
  assert.is(
    templater.value('{{ d.__proto__ }} {{ d.constructor }} {{ d.length }}', scope, filesOf()),
    '1 2 3',
  );
  const made = templater.value(
    '{{ {"__proto__": 1}["__proto__"] ~ {"a": 1}.get("__proto__", "no") }}',
    scope,
    filesOf(),
  );
  assert.is(made, '1no');
});

test('blocks, macros and names may be called like members of JavaScript objects', () => {
  const text =
    '{% block constructor %}a{% endblock %}{% block __proto__ %}b{% endblock %}' +
    '{% macro toString(valueOf) %}{{ valueOf }}{% endmacro %}{{ toString("c") }}' +
    '{% set hasOwnProperty = "d" %}{{ hasOwnProperty }}{% set let = 1 %}{{ let }}';
  assert.is(templater.value(text, scopeOf(vars), filesOf()), 'abcd1');
});

test('what a variable holds is never read as a template', () => {
  const scope = scopeOf({ evil: '{{ lookup("pipe", "touch /tmp/x") }}', list: ['{{ 1 }}'] });
  assert.is(templater.value('{{ evil }}', scope, filesOf()), '{{ lookup("pipe", "touch /tmp/x") }}');
  assert.is(
    templater.value('a {{ evil ~ list }}', scope, filesOf()),
    `a {{ lookup("pipe", "touch /tmp/x") }}['{{ 1 }}']`,
  );
});

test.run();
