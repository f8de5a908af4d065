import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { findTemplate } from '../../lib/template/loader.js';
import { filesOf, scopeOf, templater } from './given.js';

const root = mkdtempSync(join(tmpdir(), 'loader-'));
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

write(
  'role/templates/main.j2',
  '{% include "part.j2" %}|{% include "sub/deep.j2" %}|{% include "shared.j2" %}',
);
write('role/templates/part.j2', 'part {{ x }}');
write('role/templates/sub/deep.j2', 'deep {% include "part.j2" %}');
write('play/templates/shared.j2', 'shared');
write('play/shared.j2', 'not this one');
write('play/plain.j2', 'plain\nline {{ gone }}');
write('secret.txt', 'secret');

const files = filesOf({}, [join(root, 'role'), join(root, 'play')]);
const main = join(root, 'role/templates/main.j2');

test.after(() => rmSync(root, { recursive: true }));

test('templates are found beside the including one, in templates/ and in the search path', () => {
  const text = templater.file('{% include "main.j2" %}', main, scopeOf({ x: 1 }), files);
  assert.is(text, 'part 1|deep part 1|shared');
});

test('an error names the file that it is in', () => {
  try {
    templater.file('a\n{% include "plain.j2" %}', main, scopeOf({}), files);
    assert.unreachable('no error');
  } catch (error) {
    assert.equal((error as FfeError).pos, { file: join(root, 'play/plain.j2'), line: 2, col: 9 });
  }
});

test('a name cannot leave the search path', () => {
  for (const name of ['../secret.txt', 'templates/../../secret.txt', join(root, 'secret.txt'), '/etc/passwd'])
    assert.is(findTemplate(name, main, files), undefined, name);
});

test('a folder is no template', () => {
  assert.is(findTemplate('sub', main, files), undefined);
  assert.throws(
    () => templater.file('{% include "sub" %}', main, scopeOf({}), files),
    (e: unknown) => e instanceof FfeError && e.code === 'not-found',
  );
});

test('given texts go before files', () => {
  assert.is(findTemplate('part.j2', main, filesOf({ 'part.j2': 'given' }, [root]))?.text, 'given');
});

test('the template module gives delimiters and whitespace rules', () => {
  const text = 'a\n  [% if x %]\n b\n  [% endif %]\n[[ x ]]\n';
  const options = {
    blockStart: '[%',
    blockEnd: '%]',
    variableStart: '[[',
    variableEnd: ']]',
    lstripBlocks: true,
  };
  assert.is(templater.file(text, main, scopeOf({ x: 1 }), files, options), 'a\n b\n1\n');
  assert.is(templater.file(text, main, scopeOf({ x: 1 }), files), text);
});

test.run();
