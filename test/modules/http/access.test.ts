import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { authorization, digest } from '../../../lib/modules/http/authorize.js';
import { multipart } from '../../../lib/modules/http/multipart.js';
import { loginIn } from '../../../lib/modules/http/netrc.js';
import { proxyFor } from '../../../lib/modules/http/proxy.js';

const asker = {
  user: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  url: new URL('http://www.example.org/dir/index.html'),
};

// The examples of RFC 7616, 3.9.1.
const CHALLENGE =
  'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const RESPONSES: Readonly<Record<string, string>> = {
  MD5: '8ca523f5e9506fed4657c9700eebdbec',
  'SHA-256': '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
};

for (const [algorithm, response] of Object.entries(RESPONSES))
  test(`digest by ${algorithm}`, () => {
    const value = digest(`Digest ${CHALLENGE}, algorithm=${algorithm}`, asker, CNONCE);
    assert.ok(value?.includes(`response="${response}"`), value);
    assert.ok(value?.includes(`algorithm=${algorithm}, qop=auth, nc=00000001`), value);
  });

test('what a server demands decides', () => {
  assert.match(authorization('Basic realm="x", Digest realm="y", nonce="z"', asker) ?? '', /^Digest /);
  assert.match(authorization('Basic realm="x"', asker) ?? '', /^Basic /);
  assert.match(authorization('Digest algorithm=NEW, Basic realm="x"', asker) ?? '', /^Basic /);
  assert.is(authorization('Negotiate', asker), undefined);
});

const NETRC = `# mine
machine a.example login ada password "with \\"blank"
machine b.example
  login bob
  account x password p#1
macdef init
machine no.example login x password y

default login any password thing
`;

test('logins of a netrc file', () => {
  assert.equal(loginIn(NETRC, 'a.example'), { user: 'ada', password: 'with "blank' });
  assert.equal(loginIn(NETRC, 'b.example'), { user: 'bob', password: 'p#1' });
  assert.equal(loginIn(NETRC, 'no.example'), { user: 'any', password: 'thing' });
  assert.is(loginIn('', 'a.example'), undefined);
});

test('hosts that need no proxy', () => {
  const proxied = (host: string, no_proxy: string) =>
    proxyFor(new URL(`http://${host}/`), { http_proxy: 'proxy:3128', no_proxy }) !== undefined;
  assert.ok(proxied('a.example', 'b.example, example.org'));
  assert.not(proxied('a.example', 'x, .example'));
  assert.not(proxied('a.example', 'example'));
  assert.ok(proxied('anexample', 'example'));
  assert.not(proxied('a.example', '*'));
  assert.ok(proxied('a.example:8080', 'a.example:81'));
  assert.not(proxied('a.example:81', 'a.example:81'));
  assert.is(proxyFor(new URL('https://a/'), { http_proxy: 'proxy' }), undefined);
  assert.throws(() => proxyFor(new URL('http://a/'), { http_proxy: 'socks5://p:1' }), /socks5:.*not of http/);
});

test('a form with files', async () => {
  const form = {
    text: 'a\nb',
    both: { content: '{}', filename: 'x/"y".json' },
    file: { filename: '/f.bin' },
  };
  const { body, type } = await multipart(form, async (name) => Buffer.from(`of ${name}`), 'B');
  assert.is(type, 'multipart/form-data; boundary=B');
  const parts = Buffer.from(body)
    .toString('utf8')
    .split(/--B(?:--)?\r\n/);
  assert.equal(parts, [
    '',
    'Content-Disposition: form-data; name="text"\r\nContent-Type: text/plain\r\n\r\na\nb\r\n',
    'Content-Disposition: form-data; name="both"; filename="%22y%22.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n',
    'Content-Disposition: form-data; name="file"; filename="f.bin"\r\nContent-Type: application/octet-stream\r\n\r\nof /f.bin\r\n',
    '',
  ]);
});

test('what is no form', async () => {
  for (const [body, words] of [
    ['text', /must be a dict/],
    [{ a: {} }, /the field 'a' must be/],
    [{ a: ['x'] }, /the field 'a' must be/],
  ] as const)
    try {
      await multipart(body as never, async () => Buffer.from(''));
      assert.unreachable();
    } catch (error) {
      assert.match((error as Error).message, words);
    }
});

test.run();
