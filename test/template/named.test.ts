import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { FfeError } from '../../lib/errors/error.js';
import { templater } from './given.js';

type Kind = 'value' | 'condition' | 'file';
type Row = Partial<Record<Kind | 'pos' | 'says', string>>;

const KINDS: readonly Kind[] = ['value', 'condition', 'file'];
const { unknown, fine, ...rest } = parse(
  readFileSync(join(import.meta.dirname, 'named.yml'), 'utf8'),
) as Record<string, Row[]>;

function check(row: Row): void {
  const kind = KINDS.find((k) => row[k] !== undefined);
  const odd = Object.keys(row).find((key) => ![...KINDS, 'pos', 'says'].includes(key));
  assert.ok(kind && odd === undefined, `not a case: ${JSON.stringify(row)}`);
  templater.check(row[kind!]!, kind!, { pos: { file: 'site.yml', line: 1, col: 1 } });
}

test('the case file has two lists', () => assert.equal(Object.keys(rest), []));

for (const row of unknown!)
  test(`found: ${JSON.stringify(row)}`, () => {
    try {
      check(row);
    } catch (error) {
      assert.instance(error, FfeError);
      const { code, message, pos } = error as FfeError;
      assert.is(code, 'unknown-name');
      assert.ok(message.includes(row.says!), message);
      assert.is(`${pos?.line}:${pos?.col}`, row.pos);
      return;
    }
    assert.unreachable('nothing was found');
  });

for (const row of fine!)
  test(`passed over: ${JSON.stringify(row)}`, () => {
    assert.not.throws(() => check(row));
  });

test.run();
