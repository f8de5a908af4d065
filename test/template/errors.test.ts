import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { FfeError } from '../../lib/errors/error.js';
import type { HostFiles } from '../../lib/template/library.js';
import { filesOf, scopeOf, templater } from './given.js';

type Case = {
  value?: string;
  cond?: string;
  file?: string;
  code: string;
  pos?: string;
  in?: string;
  says: string;
};

const KEYS = ['value', 'cond', 'file', 'code', 'pos', 'in', 'says'];
const cases = parse(readFileSync(join(import.meta.dirname, 'errors.yml'), 'utf8')) as Case[];

const scope = scopeOf({ app_user: 'ffe', server: { port: 80, name: 'web' }, list: [1, 2] });
const files: HostFiles = filesOf({
  'bad.j2': 'fine\n{{ lost }}',
  'bad2.j2': '{% macro m() %}{{ lost }}{% endmacro %}',
});
const origin = { pos: { file: 'site.yml', line: 10, col: 7 } };

function run(one: Case): unknown {
  if (one.value !== undefined) return templater.value(one.value, scope, files, origin);
  if (one.cond !== undefined) return templater.condition(one.cond, scope, files, origin);
  return templater.file(one.file!, 'web.j2', scope, files);
}

for (const one of cases)
  test(`${one.value ?? one.cond ?? one.file}`, () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
      'unknown key',
    );
    try {
      run(one);
    } catch (error) {
      assert.instance(error, FfeError);
      const e = error as FfeError;
      assert.is(e.message, one.says);
      assert.is(e.code, one.code);
      if (one.pos) {
        assert.is(`${e.pos?.line}:${e.pos?.col}`, one.pos);
        assert.is(e.pos?.file, one.in ?? (one.file === undefined ? 'site.yml' : 'web.j2'));
      }
      return;
    }
    assert.unreachable('no error');
  });

test('an undefined in a name is underlined in full', () => {
  try {
    templater.value('{{ app_usr }}', scope, files, origin);
    assert.unreachable('no error');
  } catch (error) {
    assert.is((error as FfeError).span, 'app_usr'.length);
  }
});

test('check finds syntax errors and unknown filters without a scope', () => {
  assert.throws(
    () => templater.check('{{ a | uper }}', 'value', origin),
    (e: FfeError) => e.pos?.col === 14,
  );
  assert.throws(
    () => templater.check('a ==', 'condition', origin),
    (e: FfeError) => e.code === 'parse',
  );
  assert.throws(
    () => templater.check('x\n{% if %}', 'file', { pos: { file: 'a.j2', line: 1, col: 1 } }),
    (e: FfeError) => e.pos?.line === 2,
  );
  templater.check('no {template', 'value');
  templater.check('a == 1 and b is defined', 'condition');
  templater.check('{{ anything | default(1) }}', 'file');
});

test.run();
