import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { playbooksIn } from '../../lib/cli/pull/playbooks.js';
import { fullName, localPattern } from '../../lib/cli/pull/this-machine.js';
import { inProcess } from './program.js';

type Step = {
  words: string[];
  code: number;
  out?: string[];
  not?: string[];
  err?: string[];
  bare?: true;
  commit?: string;
};
type Case = { name: string; steps: Step[]; gone?: string[] };
const KEYS = ['name', 'steps', 'gone', 'words', 'code', 'out', 'not', 'err', 'bare', 'commit'];
const CASES = parse(fs.readFileSync(new URL('pull.cases.yml', import.meta.url), 'utf8')) as Case[];

const playOf = (hosts: string, ...tasks: string[]): string =>
  [
    `- hosts: ${hosts}`,
    '  gather_facts: false',
    '  tasks:',
    ...tasks.map((task) => `    - ${task}`),
    '',
  ].join('\n');
const FILES: Readonly<Record<string, string>> = {
  'repo/local.yml': playOf(
    'all:localhost',
    '{debug: {msg: local playbook}}',
    '{debug: {msg: "hello {{ who }}"}, tags: [named, never]}',
    '{debug: {msg: "check is {{ ansible_check_mode }}, verbosity is {{ ansible_verbosity }}"}, tags: [mode, never]}',
    '{debug: {msg: "in the group {{ group_names[0] }}"}, tags: [grouped, never]}',
  ),
  'repo/site/other.yml': playOf('localhost', '{debug: {msg: other playbook}}'),
  'repo/second.yml': playOf('localhost', '{debug: {msg: second playbook}}'),
  'repo/hosts': '[here]\nlocalhost ansible_connection=local\n',
  'a-file': '',
};

const dir = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'ffe-pull-')));
test.after(() => fs.rmSync(dir, { recursive: true }));

function git(...args: string[]): void {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@y', '-c', 'init.defaultBranch=main'];
  execFileSync('git', ['-C', join(dir, 'repo'), ...who, ...args], { stdio: 'ignore' });
}

for (const [name, text] of Object.entries(FILES)) {
  fs.mkdirSync(dirname(join(dir, name)), { recursive: true });
  fs.writeFileSync(join(dir, name), text);
}
git('init', '-q');
git('add', '.');
git('commit', '-qm', 'first');
git('tag', 'v1');

async function checkStep({ words, code, out = [], not = [], err = [], bare, commit }: Step): Promise<void> {
  if (commit !== undefined) {
    fs.writeFileSync(join(dir, 'repo/more'), commit);
    git('add', '.');
    git('commit', '-qm', commit);
  }
  const where = bare ? [] : ['-U', `file://${dir}/repo`, '-d', 'checkout'];
  const ended = await inProcess(['pull', ...where, ...words], dir);
  const said = `${words.join(' ')}: ${ended.code}\n${ended.out}${ended.err}`;
  assert.is(ended.code, code, said);
  for (const part of out) assert.ok(ended.out.includes(part), `${part} in ${said}`);
  for (const part of not) assert.not(ended.out.includes(part), `no ${part} in ${said}`);
  for (const part of err) assert.ok(ended.err.includes(part), `${part} in ${said}`);
}

for (const one of CASES)
  test(one.name, async () => {
    for (const key of [one, ...one.steps].flatMap((part) => Object.keys(part)))
      assert.ok(KEYS.includes(key), key);
    fs.rmSync(join(dir, 'checkout'), { recursive: true, force: true });
    for (const step of one.steps) await checkStep(step);
    for (const path of one.gone ?? []) assert.not(fs.existsSync(join(dir, path)), path);
  });

test('a link named ansible-pull is the same', async () => {
  const ended = await inProcess(
    ['-U', `file://${dir}/repo`, '-d', 'checkout', 'second.yml'],
    dir,
    'ansible-pull',
  );
  assert.is(ended.code, 0, ended.out + ended.err);
  assert.match(ended.out, /second playbook/);
});

test("a host's own playbook comes first, by its full name, then its short one", () => {
  const folder = join(dir, 'books');
  fs.mkdirSync(folder);
  const add = (name: string): void => fs.writeFileSync(join(folder, name), '');
  for (const name of ['local.yml', 'web1.yml', 'web1.example.org.yml']) {
    add(name);
    assert.equal(playbooksIn(folder, [], 'web1.example.org'), [join(folder, name)]);
  }
});

test('this machine goes by its names', async () => {
  assert.is(localPattern('h.example.org').split(',').slice(0, 3).join(','), 'localhost,h.example.org,h');
  assert.ok(localPattern(await fullName()).includes(hostname()));
  assert.match(localPattern('h'), /,127\.0\.0\.1$/);
});

test.run();
