import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { apiPath, jsonOf, logText, refusal, replies, written } from '../../../lib/modules/docker/http.js';

const head = (status: number, ...headers: string[]) =>
  `${[`HTTP/1.1 ${status} X`, ...headers].join('\r\n')}\r\n\r\n`;

/** A body cut into chunks of some size. */
function chunks(body: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

test('replies come back in order, however they were sent', () => {
  const reply = fc.record({
    status: fc.constantFrom(200, 201, 204, 304, 404, 500),
    body: fc.uint8Array({ maxLength: 60 }),
    chunk: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(reply, { maxLength: 5 }), (sent) => {
      const data = sent.map(({ status, body, chunk }) => {
        if (status === 204 || status === 304) return Buffer.from(head(status));
        const bytes = Buffer.from(body);
        if (chunk > 0)
          return Buffer.concat([
            Buffer.from(head(status, 'Transfer-Encoding: chunked')),
            chunks(bytes, chunk),
          ]);
        return Buffer.concat([Buffer.from(head(status, `Content-Length: ${bytes.length}`)), bytes]);
      });
      const got = replies(Buffer.concat(data));
      assert.equal(
        got.map((r) => [r.status, [...r.body]]),
        sent.map((r) => [r.status, r.status === 204 || r.status === 304 ? [] : [...r.body]]),
      );
    }),
  );
});

test('a connection that breaks off gives what came before', () => {
  const data = `${head(200, 'Content-Length: 2')}{}HTTP/1.1 20`;
  assert.equal(
    replies(Buffer.from(data)).map((r) => r.status),
    [200],
  );
  assert.equal(replies(Buffer.from('no http at all\r\n\r\n')), []);
});

test('what the engine says of a refusal', () => {
  assert.is(refusal({ status: 404, body: Buffer.from('{"message":"No such image"}') }), 'No such image');
  assert.is(refusal({ status: 500, body: Buffer.from('oh\n') }), 'oh');
  assert.is(refusal({ status: 500, body: Buffer.alloc(0) }), 'status 500');
  assert.is(jsonOf({ status: 200, body: Buffer.from('no') }), undefined);
});

test('requests name their length in bytes, and the last one ends the connection', () => {
  const text = written(
    [
      { method: 'GET', path: '/info' },
      { method: 'POST', path: '/x', body: { a: 'ä' } },
    ],
    '1.41',
  );
  const [get, post] = text.split('POST ');
  assert.is(get, 'GET /v1.41/info HTTP/1.1\r\nHost: docker\r\n\r\n');
  assert.match(
    post!,
    /^\/v1\.41\/x HTTP\/1\.1\r\n.*Content-Length: 10\r\nConnection: close\r\n\r\n\{"a":"ä"\}$/s,
  );
});

test('queries are encoded, and what is undefined is left out', () => {
  assert.is(apiPath('/x', { name: 'a&b', t: undefined, v: true }), '/x?name=a%26b&v=true');
  assert.is(apiPath('/x'), '/x');
});

test('both streams of a log', () => {
  const frame = (stream: number, text: string) => {
    const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([header, Buffer.from(text)]);
  };
  const body = Buffer.concat([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'three\n')]);
  assert.equal(logText(body, false), { stdout: 'one\nthree\n', stderr: 'two\n', all: 'one\ntwo\nthree\n' });
  assert.is(logText(Buffer.from('plain'), true).stdout, 'plain');
});

test.run();
