import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { nodeSources, proxiesIn, sourcesIn } from '../../lib/lab/apt.js';

type Case = { name: string; host: string; main: string; security: string };
const KEYS = ['name', 'host', 'main', 'security'];

for (const wanted of parse(readFileSync('test/lab/apt.cases.yml', 'utf8')) as Case[]) {
  test(`sources: ${wanted.name}`, () => {
    assert.equal(Object.keys(wanted).sort(), [...KEYS].sort());
    const written = sourcesIn(nodeSources(wanted.host, 'bookworm'));
    assert.equal(written, [
      { uri: wanted.main, suite: 'bookworm' },
      { uri: wanted.main, suite: 'bookworm-updates' },
      { uri: wanted.security, suite: 'bookworm-security' },
    ]);
  });
}

test('proxies: apt settings go before the environment', () => {
  const dump = 'Acquire::http::Proxy "http://cache:3142";\nAcquire::ftp::Proxy "x";\n';
  const env = { http_proxy: 'http://other:1', https_proxy: 'http://secure:2' };
  assert.equal(proxiesIn(dump, env), {
    'Acquire::http::Proxy': 'http://cache:3142',
    'Acquire::https::Proxy': 'http://secure:2',
  });
});

test('proxies: none', () => {
  assert.equal(proxiesIn('Acquire::http::Proxy "";\nDir "/";\n', {}), {});
});

test.run();
