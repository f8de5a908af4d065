import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answerLine } from '../../lib/vars/answer.js';
import { templater } from '../template/given.js';

const answer = (line: string) => JSON.parse(answerLine(templater, line));
const ask = (line: object) => answer(JSON.stringify(line));

test('a value is typed as a playbook string', () => {
  assert.equal(ask({ id: 1, kind: 'value', source: '{{ [a, (1, 2)] }}', vars: { a: 5 } }), {
    id: 1,
    value: [5, [1, 2]],
  });
});

test('keys that are no strings are encoded, floats stay floats', () => {
  assert.equal(ask({ id: 'k', kind: 'value', source: '{{ {1: 2.0, none: true} }}' }), {
    id: 'k',
    value: { 1: 2, null: true },
  });
  const line = '{"id": 1, "kind": "value", "source": "x{{ f }}", "vars": {"f": 2.0}}';
  assert.is(answer(line).value, 'x2.0');
});

test('a condition gives a bool', () => {
  assert.equal(ask({ id: 1, kind: 'cond', source: 'a > 1', vars: { a: '{{ b }}', b: 2 } }), {
    id: 1,
    value: true,
  });
});

test('a template gives text, with its files and options', () => {
  const line = {
    id: 1,
    kind: 'template',
    source: '<% include "x.j2" %>\n  <% if 1 %>\nb\n  <% endif %>\n',
    vars: { a: 1 },
    files: { 'x.j2': 'in {{ a }}' },
    opts: { block_start_string: '<%', block_end_string: '%>', lstrip_blocks: true },
  };
  assert.is(ask(line).value, 'in 1b\n');
});

test('nested variables are resolved lazily, and cycles shown', () => {
  const vars = { a: '{{ b }}', b: '{{ c }}', c: '{{ a }}', broken: '{{ 1 / 0 }}', ok: 'fine' };
  assert.is(ask({ kind: 'value', source: 'is {{ ok }}', vars }).value, 'is fine');
  assert.match(ask({ kind: 'value', source: '{{ a }}', vars }).error!, /a -> b -> c -> a/);
});

test('`vars` is the raw dictionary', () => {
  assert.is(ask({ kind: 'value', source: '{{ vars.a }}', vars: { a: '{{ b }}', b: 1 } }).value, '{{ b }}');
});

test('what is wrong with a line is said, with its id where there is one', () => {
  assert.match(answer('nonsense').error!, /JSON/);
  assert.equal(ask({ id: 7, kind: 'nope', source: '' }).id, 7);
  assert.match(ask({ id: 7, kind: 'nope', source: '' }).error!, /kind must be/);
  assert.match(ask({ kind: 'value' }).error!, /source must be text/);
  assert.match(
    ask({ kind: 'template', source: '', opts: { trim: true } }).error!,
    /no template option 'trim'/,
  );
  assert.match(ask({ kind: 'value', source: '{{ a }}' }).error!, /'a' is undefined/);
});

test.run();
