import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { inProcess } from '../../cli/program.js';

type Case = { readonly name: string; readonly tasks: readonly object[]; readonly missing: readonly string[] };

const KEYS = 'missing,name,tasks';
const cases = parse(readFileSync(new URL('./sources.yml', import.meta.url), 'utf8')) as Case[];
const FILES: Readonly<Record<string, string>> = {
  'files/note.yml': 'a: 1\n',
  'templates/note.j2': 'a\n',
  'part.yml': '- debug: msg=a\n',
  'local/make.yml': '- debug: msg=a\n',
  'roles/one/tasks/main.yml':
    '- copy: src=here dest=/a\n- template: src=here.j2 dest=/a\n- copy: src=gone dest=/a\n',
  'roles/one/files/here': 'a\n',
  'roles/one/templates/here.j2': 'a\n',
};

type Ended = { readonly code: number; readonly err: string };

/** Checks a play with these keys in a folder that has the files above. */
async function checked(keys: object, inventory = 'a,'): Promise<Ended> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-foresee-'));
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    writeFileSync(join(dir, 'local.ini'), 'a ansible_connection=local\n');
    writeFileSync(join(dir, 'p.yml'), stringify([{ hosts: 'all', gather_facts: false, ...keys }]));
    return await inProcess(['-i', inventory, 'p.yml', '--syntax-check'], dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const missing = ({ err }: Ended): string[] =>
  [...err.matchAll(/error: (?:the|vars) [a-z ]*?'?([\w.]+)'? was not found/g)].map((m) => m[1]!);

for (const one of cases)
  test(`missing before the run: ${one.name}`, async () => {
    assert.is(Object.keys(one).sort().join(), KEYS);
    const before = { command: 'true', register: 'shown' };
    const ended = await checked({ vars: { given: [] }, tasks: [before, ...one.tasks] });
    assert.equal(missing(ended).sort(), [...one.missing].sort(), ended.err);
    assert.is(ended.code, one.missing.length > 0 ? 1 : 0, ended.err);
  });

test('the error has a place, the places and the nearest name', async () => {
  const { err } = await checked({ tasks: [{ copy: { src: 'ntoe.yml', dest: '/a' } }] });
  assert.match(
    err,
    /error: the file 'ntoe\.yml' was not found \(did you mean 'note\.yml'\?\)\n +--> p\.yml:5:/,
  );
  assert.match(err, /looked for \S+\/files\/ntoe\.yml/);
});

test('a node that is the controller itself may make files', async () => {
  const play = { tasks: [{ copy: { src: 'nix', dest: '/a' } }] };
  assert.equal(missing(await checked(play, 'local.ini')), []);
  assert.equal(missing(await checked({ hosts: 'localhost', ...play }, 'localhost,')), []);
  assert.equal(missing(await checked({ connection: 'local', ...play })), []);
  assert.equal(missing(await checked(play)), ['nix']);
});

test('vars_files of a play', async () => {
  const tasks = [{ debug: { msg: 'a' } }];
  assert.equal(missing(await checked({ vars_files: ['nix.yml', 'files/note.yml'], tasks })), ['nix.yml']);
  assert.equal(missing(await checked({ vars_files: [['nix.yml', 'files/note.yml']], tasks })), []);
  assert.equal(missing(await checked({ vars_files: ['{{ ansible_os_family }}.yml'], tasks })), []);
});

test.run();
