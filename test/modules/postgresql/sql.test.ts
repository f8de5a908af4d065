import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bind, sqlValue } from '../../../lib/modules/postgresql/bind.js';
import { splitSql } from '../../../lib/modules/postgresql/split-sql.js';
import { dangerous, ident, literal, nameParts, qualified } from '../../../lib/modules/postgresql/sql.js';
import { typed } from '../../../lib/modules/postgresql/typed.js';
import type { Json } from '../../../lib/values/json.js';
import { casesOf } from './cases.js';

for (const { sql, parts, says } of casesOf<{ sql: string; parts?: string[]; says?: string }>('split.yaml', [
  ...['sql', 'parts', 'says'],
]))
  test(`split: ${sql}`, () => {
    if (says !== undefined) assert.throws(() => splitSql(sql), new RegExp(says));
    else assert.equal(splitSql(sql), parts);
  });

for (const { text, type, value } of casesOf<{ text: string; type: string; value: Json }>('typed.yaml', [
  ...['text', 'type', 'value'],
]))
  test(`typed: ${type} ${text}`, () => {
    assert.equal(typed(text, type), value);
  });

test('whatever a literal or a name holds, it is one token, and stays one statement', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, name) => {
      const sql = `SELECT ${literal(text)} AS ${ident(name)}`;
      assert.equal(splitSql(`${sql}; SELECT 1`), [sql, 'SELECT 1']);
    }),
  );
});

test('a dotted name comes apart as it was put together', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }), (parts) => {
      assert.equal(nameParts(parts.map(ident).join('.')), parts);
    }),
  );
  assert.is(qualified('S.t'), '"S"."t"');
});

test('values are put in their places', () => {
  assert.is(bind('%s, %s %%', [null, "o'x"]), "NULL, 'o''x' %");
  assert.is(
    bind('%(a)s', { a: ['x"', null, 1, [true]] }),
    ` E'{"x\\\\"",NULL,1,{true}}'`.replace('\\\\"', '\\\\"'),
  );
  assert.is(bind('100%', undefined), '100%');
  assert.is(sqlValue({ k: -1 }), `'{"k":-1}'`);
  assert.throws(() => bind('%s', [1, 2]), /2 values for 1 places/);
  assert.throws(() => bind('%(b)s', { a: 1 }), /no value for %\(b\)s/);
});

test('names that look like statements', () => {
  assert.is(dangerous(['users', undefined, 'it"s']), undefined);
  assert.match(dangerous(['x; drop table t'])!, /'x; drop table t' is potentially dangerous/);
});

test.run();
