import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FfeError } from '../../lib/errors/error.js';
import { createVault, isSealed } from '../../lib/secrets/vault.js';
import { recorded } from '../recorded.js';

type Case = { text: string; id: string; password: string; sealed: string[] };

const cases = recorded<Case>('secrets/vault.recorded.json', ['text', 'id', 'password', 'sealed']);

/** The salt of an envelope, by which sealing again gives the same text. */
function saltOf(sealed: readonly string[]): Buffer {
  const inner = Buffer.from(sealed.slice(1).join(''), 'hex').toString('latin1');
  return Buffer.from(inner.split('\n')[0]!, 'hex');
}

for (const { text, id, password, sealed } of cases) {
  const name = `${JSON.stringify(text).slice(0, 30)} as ${id}`;
  const envelope = `${sealed.join('\n')}\n`;
  test(`opens what ansible-vault sealed: ${name}`, () => {
    assert.ok(isSealed(envelope));
    assert.is(createVault([{ id, password }]).open(envelope), text);
    assert.is(
      createVault([
        { id: 'another', password: 'wrong' },
        { id: 'x', password },
      ]).open(envelope),
      text,
    );
  });
  test(`seals as ansible-vault does: ${name}`, () => {
    assert.is(createVault([]).seal(text, { id, password }, saltOf(sealed)), envelope);
  });
}

test('a wrong password is told, with the id but without any secret', () => {
  const { sealed } = cases.find(({ id }) => id === 'prod')!;
  try {
    createVault([{ id: 'prod', password: 'never-to-be-shown' }]).open(sealed.join('\n'));
    assert.unreachable();
  } catch (error) {
    const text = JSON.stringify(error, Object.getOwnPropertyNames(error));
    assert.match(text, /Decryption failed/);
    assert.match(text, /vault id 'prod'/);
    assert.not.match(text, /never-to-be-shown/);
  }
});

const REFUSED: readonly (readonly [name: string, envelope: string, says: RegExp])[] = [
  ['not an envelope', 'hello', /not vault encrypted/],
  ['a format of the future', '$ANSIBLE_VAULT;9.9;AES256\n00', /format 9\.9 is not supported/],
  ['the first format', '$ANSIBLE_VAULT;1.0;AES\n00', /format 1\.0 is not supported/],
  ['another cipher', '$ANSIBLE_VAULT;1.1;ROT13\n00', /cipher ROT13 is not supported/],
  ['nothing inside', '$ANSIBLE_VAULT;1.1;AES256\n', /damaged/],
  ['a letter that is no digit', '$ANSIBLE_VAULT;1.1;AES256\n31z1', /unhexlify error: Non-hexadecimal digit/],
  ['half a digit', '$ANSIBLE_VAULT;1.1;AES256\n313', /unhexlify error: Odd-length string/],
  ['half an envelope', '$ANSIBLE_VAULT;1.1;AES256\n3131310a323232', /damaged/],
];

for (const [name, envelope, says] of REFUSED)
  test(`refused: ${name}`, () => {
    assert.throws(() => createVault([{ id: 'default', password: 'x' }]).open(envelope), says);
  });

test('a wrong secret is not tried where vault ids must match', () => {
  const { sealed, id, password } = cases.find((one) => one.id === 'prod')!;
  const text = sealed.join('\n');
  assert.is(createVault([{ id: 'x', password }]).open(text), createVault([{ id, password }]).open(text));
  assert.throws(
    () => createVault([{ id: 'x', password }], { idMatch: true }).open(text),
    /Decryption failed/,
  );
});

test('a file that cannot be opened is named, with its place', () => {
  try {
    createVault([{ id: 'default', password: 'x' }]).open(cases[0]!.sealed.join('\n'), '/etc/secrets.yml');
    assert.unreachable();
  } catch (error) {
    assert.equal((error as FfeError).pos, { file: '/etc/secrets.yml', line: 1, col: 1 });
    assert.match(String(error), /on \/etc\/secrets.yml/);
  }
});

test('megabytes are sealed and opened', () => {
  const vault = createVault([]);
  const data = Buffer.alloc(3 << 20, 'large');
  const secret = { id: 'default', password: Buffer.from([0xff, 0x00, 0xfe]) };
  const sealed = vault.sealBytes(data, secret);
  assert.ok(createVault([secret]).openBytes(sealed).equals(data));
});

test('without a secret nothing is opened, and the hint says what to give', () => {
  assert.throws(() => createVault([]).open(cases[0]!.sealed.join('\n')), /no vault secrets found/);
});

test('one changed digit anywhere in the body is noticed', () => {
  const { sealed, id, password } = cases[0]!;
  const vault = createVault([{ id, password }]);
  const body = sealed.slice(1).join('');
  const digits = fc.integer({ min: 0, max: body.length - 1 });
  fc.assert(
    fc.property(digits, (at) => {
      const other = body[at] === '0' ? '1' : '0';
      const bent = `${sealed[0]}\n${body.slice(0, at)}${other}${body.slice(at + 1)}`;
      try {
        assert.is(vault.open(bent), '(refused)');
      } catch (error) {
        assert.match(String(error), /Decryption failed|damaged|unhexlify/);
      }
    }),
    { numRuns: 12 },
  );
});

test('what was sealed is opened again, whatever it is', () => {
  const vault = createVault([{ id: 'default', password: 'p' }]);
  const salt = Buffer.alloc(32, 7);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const sealed = vault.seal(bytes, { id: 'default', password: 'p' }, salt);
      assert.equal([...vault.openBytes(sealed)], [...bytes]);
      assert.ok(sealed.split('\n').every((line) => line.length <= 80));
    }),
  );
});

test('every sealing takes a salt of its own', () => {
  const vault = createVault([]);
  const once = () => vault.seal('same', { id: 'default', password: 'p' });
  assert.is.not(once(), once());
});

test.run();
