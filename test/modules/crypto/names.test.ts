import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { readDer } from '../../../lib/modules/crypto/der.js';
import { encodeGeneralName, generalNameText } from '../../../lib/modules/crypto/general-name.js';
import { encodeName, nameText, parseName, readName } from '../../../lib/modules/crypto/names.js';
import { nameOfOid, oidByName } from '../../../lib/modules/crypto/oids.js';

type Case = { name: string; told?: string; error?: string };
const cases = parse(readFileSync(new URL('names.yaml', import.meta.url), 'utf8')) as Case[];

for (const { name, told = name, error, ...rest } of cases)
  test(name, () => {
    assert.equal(rest, {}, 'a key that is not known');
    if (error === undefined) assert.is(generalNameText(readDer(encodeGeneralName(name))), told);
    else
      assert.throws(
        () => encodeGeneralName(name),
        (e: Error) => e.message.includes(error),
        error,
      );
  });

test('names come back from DER and from their text, whatever is in them', () => {
  const word = fc.constantFrom('CN', 'O', 'OU', 'L', 'postalCode', '1.2.3.4');
  const value = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((v) => !v.includes('\0') && v.trimStart() === v);
  const parts = fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(parts, (given) => {
      const name = given.map(([w, v]) => ({ oid: oidByName(w)!, value: v }));
      assert.equal(readName(readDer(encodeName(name))), name);
      assert.equal(parseName(nameText(name)).reverse(), name);
    }),
  );
});

test('names with letters beyond ASCII are told in either way', () => {
  const told = (name: string, as: 'idna' | 'unicode') =>
    generalNameText(readDer(encodeGeneralName(name)), as);
  assert.is(told('DNS:*.xn--bcher-kva.example', 'unicode'), 'DNS:*.bücher.example');
  assert.is(told('DNS:*.xn--bcher-kva.example', 'idna'), 'DNS:*.xn--bcher-kva.example');
  assert.is(told('email:xn--a@xn--bcher-kva.example', 'unicode'), 'email:xn--a@bücher.example');
  assert.is(told('URI:https://u@xn--bcher-kva.example:8/x', 'unicode'), 'URI:https://u@bücher.example:8/x');
});

test('identifiers have long and short names', () => {
  assert.equal([oidByName('CN'), oidByName('commonName'), oidByName('2.5.4.3')], Array(3).fill('2.5.4.3'));
  assert.equal(
    [nameOfOid('2.5.4.3'), nameOfOid('2.5.4.3', 'short'), nameOfOid('1.9.9')],
    ['commonName', 'CN', '1.9.9'],
  );
  assert.is(oidByName('nothing'), undefined);
  assert.is(nameOfOid('1.3.6.1.5.5.7.3.1'), 'TLS Web Server Authentication');
});

test.run();
