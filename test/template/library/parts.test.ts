import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { library } from '../../../lib/template/builtin.js';
import { hashPassword } from '../../../lib/template/crypt/password.js';
import { glob } from '../../../lib/template/glob.js';
import { AheadError, type Caller, type HostFiles } from '../../../lib/template/library.js';
import { readCsv } from '../../../lib/template/lookups/csv-file.js';
import { readIni } from '../../../lib/template/lookups/ini-file.js';
import { keyValues } from '../../../lib/template/lookups/key-values.js';
import { pattern } from '../../../lib/template/regex/pattern.js';
import { nowValue } from '../../../lib/template/time/special.js';
import { str } from '../../../lib/values/print.js';
import type { Value } from '../../../lib/values/value.js';

type Vectors = {
  crypt: { method: string; password: string; salt: string; rounds: number; hash: string }[];
  csv: { text: string; delimiter: string; rows: string[][] }[];
  ini: { text: string; sections: Record<string, Record<string, string>> }[];
  badIni: string[];
  keyValues: { text: string; words: string[]; options: Record<string, string> }[];
  badPatterns: string[];
};

const vectors = parse(readFileSync(join(import.meta.dirname, 'vectors.yml'), 'utf8')) as Vectors;
for (const key of Object.keys(vectors))
  if (!['crypt', 'csv', 'ini', 'badIni', 'keyValues', 'badPatterns'].includes(key))
    throw new Error(`vectors.yml: unknown key '${key}'`);

const options = { caseSensitive: false, allowNoValue: false };

for (const { method, password, salt, rounds, hash } of vectors.crypt)
  test(`crypt ${hash.slice(0, 30)}`, () => {
    assert.is(hashPassword(password, method, { salt, rounds }), hash);
  });

for (const { text, delimiter, rows } of vectors.csv)
  test(`csv ${JSON.stringify(text)}`, () => assert.equal(readCsv(text, delimiter), rows));

for (const { text, sections } of vectors.ini)
  test(`ini ${JSON.stringify(text)}`, () => {
    const read = Array.from(readIni(text, options), ([name, section]) => [name, Object.fromEntries(section)]);
    assert.equal(Object.fromEntries(read), sections);
  });

for (const text of vectors.badIni)
  test(`bad ini ${JSON.stringify(text)}`, () => assert.throws(() => readIni(text, options)));

for (const { text, words, options: wanted } of vectors.keyValues)
  test(`key values ${text}`, () => {
    const found = keyValues(text);
    assert.equal([found.words, Object.fromEntries(found.options)], [words, wanted]);
  });

for (const source of vectors.badPatterns)
  test(`bad pattern ${source}`, () => assert.throws(() => pattern(source), /not valid/));

test('an open quote is refused', () => assert.throws(() => keyValues("a='b"), /not closed/));

test('hashing again with the same salt does not take its time again', () => {
  const once = hashPassword('pw', 'sha256', { salt: 'abc', rounds: 20_000 });
  assert.is(hashPassword('pw', 'sha256', { salt: 'abc', rounds: 20_000 }), once);
  assert.is.not(
    hashPassword('pw', 'sha256', { rounds: 1000 }),
    hashPassword('pw', 'sha256', { rounds: 1000 }),
  );
});

test('an unknown way of hashing names the nearest', () => {
  assert.throws(() => hashPassword('pw', 'sha51'), /did you mean 'sha512'/);
});

test('glob finds names in folders, hidden ones only when asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'glob-'));
  try {
    mkdirSync(join(folder, 'sub'));
    for (const name of ['a.txt', 'b.txt', '.hidden.txt', 'sub/c.txt']) writeFileSync(join(folder, name), '');
    const found = (mask: string) => glob(join(folder, mask)).map((path) => path.slice(folder.length + 1));
    assert.equal(found('*.txt'), ['a.txt', 'b.txt']);
    assert.equal(found('.h*'), ['.hidden.txt']);
    assert.equal(found('*/[a-c].txt'), ['sub/c.txt']);
    assert.equal(found('[!a].txt'), ['b.txt']);
    assert.equal(found('?.md'), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('combinations that would fill the memory are refused', () => {
  const list = Array.from({ length: 40 }, (_, i) => i);
  const call = (name: string, args: Value[]) =>
    library.filters.get(name)!(list, args, new Map(), {} as Caller);
  assert.throws(() => call('permutations', []), /more than/);
  assert.throws(() => call('combinations', [20]), /more than/);
  assert.throws(() => call('product', [list, list, list, list]), /more than/);
  assert.is((call('combinations', [2]) as Value[]).length, 780);
});

test('the current time prints as Python prints it', () => {
  assert.match(str(nowValue(true)), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?$/);
});

const SERVER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const server = createServer((req, res) => {
  if (req.url === '/nope') { res.statusCode = 404; return res.end('no'); }
  res.end('one\\ntwo ' + (req.headers.authorization ?? '') + (req.headers['x-a'] ?? ''));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const secrets: string[] = [];
const host: HostFiles = {
  searchPath: [],
  baseDir: '/',
  ahead: false,
  secret: (text) => void secrets.push(text),
  unvault: (text) => text,
};

function fetchLines(url: string, kwargs: [string, Value][] = [], files = host): Value[] {
  return library.lookups.get('url')!([url], new Map(kwargs), { host: files } as Caller);
}

test('the url lookup reads lines, sends headers, keeps the password to itself', async () => {
  const worker = new Worker(SERVER, { eval: true });
  try {
    const port = await new Promise((resolve) => worker.once('message', resolve));
    const base = `http://127.0.0.1:${port}`;
    assert.equal(fetchLines(base), ['one', 'two ']);
    assert.equal(fetchLines(base, [['split_lines', false]]), ['one\ntwo ']);
    assert.equal(fetchLines(base, [['headers', new Map<Value, Value>([['x-a', '5']])]]), ['one', 'two 5']);
    const login = fetchLines(base, [
      ['username', 'u'],
      ['password', 'p'],
    ]);
    assert.equal(login, ['one', `two Basic ${Buffer.from('u:p').toString('base64')}`]);
    assert.equal(secrets, ['p']);
    assert.throws(() => fetchLines(`${base}/nope`), /answered 404/);
    assert.throws(() => fetchLines('http://127.0.0.1:9/'), /could not be read/);
    assert.throws(
      () => fetchLines(base, [], { ...host, ahead: true }),
      (e: unknown) => e instanceof AheadError,
    );
  } finally {
    await worker.terminate();
  }
});

test('the library has what Jinja2 and ansible-core have', () => {
  const jinja =
    'abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format ' +
    'groupby indent int join last length list lower items map min max pprint random reject rejectattr replace reverse ' +
    'round safe select selectattr slice sort string striptags sum title trim truncate unique upper urlencode urlize ' +
    'wordcount wordwrap xmlattr tojson';
  const ansible =
    'b64decode b64encode basename bool checksum combinations combine comment dict2items difference dirname expanduser ' +
    'expandvars extract fileglob flatten from_json from_yaml from_yaml_all hash human_readable human_to_bytes intersect ' +
    'items2dict log mandatory md5 password_hash path_join permutations pow product quote random realpath regex_escape ' +
    'regex_findall regex_replace regex_search rekey_on_member relpath root sha1 shuffle split splitext strftime ' +
    'subelements symmetric_difference ternary to_datetime to_json to_nice_json to_nice_yaml to_uuid to_yaml type_debug ' +
    'union unique unvault urldecode urlsplit vault win_basename win_dirname win_splitdrive zip zip_longest';
  const tests =
    'abs all any change changed contains directory exists failed failure falsy file finished is_abs is_dir is_file ' +
    'is_link is_mount is_same_file isnan issubset issuperset link link_exists match mount nan reachable regex same_file ' +
    'search skip skipped started subset succeeded success successful superset truthy unreachable uri url urn ' +
    'vault_encrypted version version_compare odd even divisibleby defined undefined filter test none boolean false true ' +
    'integer float lower upper string mapping number sequence iterable callable sameas escaped in == eq equalto != ne > ' +
    'gt greaterthan ge >= < lt lessthan <= le';
  const lookups =
    'config csvfile dict env file fileglob first_found indexed_items ini inventory_hostnames items lines list nested ' +
    'password pipe random_choice sequence subelements template together unvault url varnames vars';
  const missing = (names: string, has: ReadonlyMap<string, unknown>) =>
    names.split(' ').filter((n) => !has.has(n));
  assert.equal(missing(`${jinja} ${ansible}`, library.filters), []);
  assert.equal(missing(tests, library.tests), []);
  assert.equal(missing(lookups, library.lookups), []);
});

test.run();
