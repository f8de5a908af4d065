import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checksumFor, parseChecksum } from '../../../lib/modules/http/checksum.js';
import { encodeBody, failedRequest, resultOf } from '../../../lib/modules/http/uri-result.js';
import { activeConnections } from '../../../lib/modules/wait/probe.js';

const text = (bytes?: Uint8Array) => (bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8'));

test('lists of hashes', () => {
  assert.is(checksumFor('abc  other\ndef *./file\n', 'file'), 'def');
  assert.is(checksumFor('abc\n', 'anything'), 'abc');
  assert.is(checksumFor('abc  other\n', 'file'), undefined);
  assert.equal(parseChecksum('SHA256:abc'), { algorithm: 'sha256', value: 'abc' });
  assert.is(parseChecksum('abc'), undefined);
});

test('bodies', () => {
  assert.is(text(encodeBody({ a: [1] }, 'json').body), '{"a":[1]}');
  assert.is(text(encodeBody('{}', 'json').body), '{}');
  assert.is(text(encodeBody({ a: ['1', 2], b: 'x y', c: null }, 'form-urlencoded').body), 'a=1&a=2&b=x+y');
  assert.is(
    text(
      encodeBody(
        [
          ['a', '1'],
          ['a', '2'],
        ],
        'form-urlencoded',
      ).body,
    ),
    'a=1&a=2',
  );
  assert.equal(encodeBody(undefined, 'raw'), {});
  assert.is(text(encodeBody('as it is', 'raw').body), 'as it is');
});

function answered(status: number, headers: Record<string, string>, body: string, cookies: string[] = []) {
  const answer = {
    status,
    reason: 'Words',
    headers,
    cookies,
    body: (async function* () {})(),
    close: async () => {},
  };
  return { answer, url: new URL('http://h/a/b'), redirected: false, body: Buffer.from(body) };
}

test('results of answers', () => {
  const json = resultOf(
    answered(200, { 'content-type': 'application/problem+json; x=y', 'content-length': '7' }, '{"a":1}'),
    [200],
    false,
    3,
  );
  assert.equal(json.json, { a: 1 });
  assert.is(json.msg, 'OK (7 bytes)');
  assert.is(json.content_type, 'application/problem+json; x=y');
  assert.not('content' in json);
  const broken = resultOf(answered(200, { 'content-type': 'application/json' }, 'no'), [200], true, 0);
  assert.not('json' in broken);
  assert.is(broken.content, 'no');
  const moved = resultOf(answered(302, { location: 'c' }, ''), [200], false, 0);
  assert.is(moved.location, 'http://h/a/c');
  assert.is(moved.failed, true);
  assert.is(moved.msg, 'Status code was 302 and not [200]: HTTP Error 302: Words');
  const sweet = resultOf(answered(200, {}, '', ['a=1; Path=/', 'b=2']), [200], false, 0);
  assert.equal(sweet.cookies, { a: '1', b: '2' });
  assert.is(sweet.cookies_string, 'a=1; b=2');
  assert.is(
    failedRequest('http://h/', [200, 201], 'x', 1).msg,
    'Status code was -1 and not [200, 201]: Request failed: x',
  );
});

test('active connections are counted by port, address and state', () => {
  const table = `  sl  local_address rem_address   st
   0: 0100007F:1F90 0100007F:A000 01 0
   1: 0100007F:1F90 0200000A:A001 06 0
   2: 00000000:1F90 00000000:0000 0A 0
   3: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000300000A:A002 01 0
   4: 0100007F:0016 0100007F:A003 01 0`;
  const wanted = { hosts: ['127.0.0.1'], port: 8080, states: ['ESTABLISHED', 'TIME_WAIT'], exclude: [] };
  assert.is(activeConnections(table, wanted), 3);
  assert.is(activeConnections(table, { ...wanted, exclude: ['10.0.0.2'] }), 2);
  assert.is(activeConnections(table, { ...wanted, states: ['TIME_WAIT'] }), 1);
  assert.is(activeConnections(table, { ...wanted, hosts: ['10.0.0.9'] }), 0);
  assert.is(activeConnections(table, { ...wanted, hosts: ['0.0.0.0'], port: 22 }), 1);
});

test.run();
