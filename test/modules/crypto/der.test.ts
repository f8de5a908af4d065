import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  bitsOf,
  DerError,
  integerOf,
  oidOf,
  readDer,
  textOf,
  timeOf,
  within,
} from '../../../lib/modules/crypto/der.js';
import {
  bits,
  integer,
  namedBits,
  octets,
  oid,
  sequence,
  set,
  tagged,
  text,
  time,
  yes,
} from '../../../lib/modules/crypto/der-write.js';
import { pemBlocks, pemBytes, toPem } from '../../../lib/modules/crypto/pem.js';

const bytes = fc.uint8Array({ maxLength: 700 });

test('whole numbers of any size come back', () => {
  fc.assert(fc.property(fc.bigInt(), (n) => assert.is(integerOf(readDer(integer(n))), n)));
});

test('numbers have no more bytes than they need', () => {
  const hex = (n: number) => integer(n).toString('hex');
  assert.equal([0, 127, 128, -128, 256, -129].map(hex), [
    '020100',
    '02017f',
    '02020080',
    '020180',
    '02020100',
    '0202ff7f',
  ]);
});

test('bytes of any length come back, alone and in a sequence', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 4 }), (all) => {
      const [first, ...rest] = within(readDer(sequence(bits(Buffer.from('x')), ...all.map(octets))));
      assert.equal(bitsOf(first), Buffer.from('x'));
      assert.equal(
        rest.map((d) => Buffer.from(d.content)),
        all.map((b) => Buffer.from(b)),
      );
    }),
  );
  const long = Buffer.alloc(70_000, 1);
  assert.equal(readDer(octets(long)).content, long);
});

test('object identifiers come back', () => {
  const arc = fc.bigInt(0n, 1n << 70n);
  const tops = fc.oneof(
    fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt(0n, 39n)),
    fc.tuple(fc.constant(2n), arc),
  );
  fc.assert(
    fc.property(tops, fc.array(arc, { maxLength: 5 }), (top, rest) => {
      const dotted = [...top, ...rest].join('.');
      assert.is(oidOf(readDer(oid(dotted))), dotted);
    }),
  );
  for (const wrong of ['', '1', '3.1', '1.40', '1.2.x', '1..2'])
    assert.throws(() => oid(wrong), /not an object/);
});

test('times come back to the second, as the year wants it', () => {
  const dates = fc.date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      const ms = Math.floor(date.getTime() / 1000) * 1000;
      assert.is(timeOf(readDer(time(ms))), ms);
    }),
  );
  assert.is(time(Date.UTC(2049, 11, 31)).toString('latin1', 2), '491231000000Z');
  assert.is(time(Date.UTC(2050, 0, 1)).toString('latin1', 2), '20500101000000Z');
  assert.throws(() => timeOf(readDer(text('utf8', 'yesterday'))), /a time in another form: yesterday/);
});

test('texts of every kind', () => {
  assert.is(textOf(readDer(text('utf8', 'Zürich'))), 'Zürich');
  assert.is(textOf({ tag: 0x1e, content: Buffer.from('005a00fc', 'hex'), whole: Buffer.alloc(0) }), 'Zü');
  assert.throws(() => text('ia5', 'Zürich'), /'Zürich' is not ASCII/);
  assert.throws(() => text('printable', 'a@b'), /characters that are not allowed/);
});

test('sets are in order, bits end with the last one, tags are where they should be', () => {
  assert.is(set(integer(2), integer(1)).toString('hex'), '3106020101020102');
  assert.is(namedBits([0, 5]).toString('hex'), '03020284');
  assert.is(namedBits([8]).toString('hex'), '0303070080');
  assert.is(namedBits([]).toString('hex'), '030100');
  assert.is(tagged(0, true, yes()).toString('hex'), 'a0030101ff');
  assert.is(tagged(2, false, Buffer.from('a')).toString('hex'), '820161');
});

test('what is not DER is refused, whatever it is', () => {
  for (const wrong of ['', '30', '3005', '30800000', '3001', '020100ff', '1f8101', '3085ffffffffff'])
    assert.throws(
      () => within(readDer(Buffer.from(wrong, 'hex'))),
      (e: unknown) => e instanceof DerError,
      wrong,
    );
  fc.assert(
    fc.property(bytes, (any) => {
      try {
        within(readDer(any));
      } catch (error) {
        assert.instance(error, DerError);
      }
    }),
  );
});

test('PEM comes back, with whatever stands around it', () => {
  fc.assert(
    fc.property(bytes, (any) => {
      const pem = toPem('X509 CRL', any);
      assert.equal(pemBytes(`# before\n${pem}after`, 'CRL'), Buffer.from(any));
      assert.ok(pem.split('\n').every((line) => line.length <= 64));
    }),
  );
  const two = `${toPem('A', Buffer.from('1'))}\r\n${toPem('B', Buffer.from('2')).replaceAll('\n', '\r\n')}`;
  assert.equal(
    pemBlocks(two).map(({ label, der }) => [label, der.toString()]),
    [
      ['A', '1'],
      ['B', '2'],
    ],
  );
  assert.is(pemBytes(two, 'C'), undefined);
});

test.run();
