import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { readText, readYaml } from '../../lib/yaml/file.js';
import { parseYaml } from '../../lib/yaml/load.js';
import { inFolder } from '../inventory/cases.js';

function failure(work: () => unknown): FfeError {
  try {
    work();
  } catch (error) {
    assert.instance(error, FfeError);
    return error as FfeError;
  }
  throw new Error('no error');
}

test('a file that is not UTF-8 is refused with the place of the first bad byte', () =>
  inFolder({}, (dir) => {
    const file = join(dir, 'latin1.yml');
    writeFileSync(file, Buffer.from('a: 1\nb: caf\xe9\n', 'latin1'));
    const error = failure(() => readYaml(file));
    assert.is(error.code, 'parse');
    assert.equal(error.pos, { file, line: 2, col: 7 });
    writeFileSync(file, Buffer.from('a: 1\n', 'utf16le'));
    assert.is(failure(() => readYaml(file)).code, 'parse');
  }));

test('a missing file, a folder', () =>
  inFolder({ 'sub/x.yml': '' }, (dir) => {
    assert.is(failure(() => readYaml(join(dir, 'none.yml'))).code, 'not-found');
    assert.match(failure(() => readYaml(join(dir, 'sub'))).message, /EISDIR/);
  }));

test('an encrypted file is opened by the hook, and refused without one', () =>
  inFolder({ 'v.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }, (dir) => {
    const file = join(dir, 'v.yml');
    const seen: string[] = [];
    const unvault = (envelope: string, name: string) => {
      seen.push(name);
      assert.match(envelope, /^\$ANSIBLE_VAULT/);
      return 'a: [1]\n';
    };
    assert.equal(readYaml(file, { unvault }), new Map([['a', [1]]]));
    assert.equal(seen, [file]);
    const error = failure(() => readYaml(file));
    assert.is(error.code, 'vault');
    assert.match(error.hint ?? '', /--ask-vault-pass/);
  }));

test('a byte order mark is no text, JSON is YAML', () =>
  inFolder({ 'a.json': '\ufeff{"a": [1, 2.5, "x"]}' }, (dir) => {
    assert.is(readText(join(dir, 'a.json')), '{"a": [1, 2.5, "x"]}');
    assert.equal(readYaml(join(dir, 'a.json')), new Map([['a', [1, 2.5, 'x']]]));
  }));

test('what may be meant as JSON is told what is wrong with it as such', () => {
  const notes = (text: string) => failure(() => parseYaml(text, 'f')).notes;
  assert.match(notes('{ }}')[0] ?? '', /^JSON: /);
  assert.equal(notes('a: {'), []);
});

test.run();
