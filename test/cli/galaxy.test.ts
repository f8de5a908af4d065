import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess } from './program.js';

type Step = { args: string[]; code: number; out?: string[]; err?: string[]; write?: Record<string, string> };
type Case = { name: string; steps: Step[]; then?: Record<string, string | null> };
const KEYS = ['name', 'steps', 'then', 'args', 'code', 'out', 'err', 'write'];
const CASES = parse(fs.readFileSync(new URL('galaxy.cases.yml', import.meta.url), 'utf8')) as Case[];

const taskOf = (name: string): string => `- debug: {msg: ${name}}\n`;
const SOURCES: Readonly<Record<string, string>> = {
  'src/plain/tasks/main.yml': taskOf('plain'),
  'src/plain/files/motd': 'hello\n',
  'src/deep/tasks/main.yml': taskOf('deep'),
  'src/deep/meta/main.yml': 'dependencies: [{src: ../plain}, unknown.role]\n',
  'src/packed/tasks/main.yml': taskOf('packed'),
  'src/site/galaxy.yml': 'namespace: acme\nname: site\nversion: 1.2.3\n',
  'src/both.git/coll/galaxy.yml': 'namespace: acme\nname: both\nversion: 0.1.0\n',
  'src/repo/tasks/main.yml': taskOf('first'),
};

const dir = fs.mkdtempSync(join(tmpdir(), 'ffe-galaxy-'));
test.after(() => fs.rmSync(dir, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(dir, name)), { recursive: true });
    fs.writeFileSync(join(dir, name), text.replaceAll('{dir}', dir));
  }
}

function git(at: string, ...args: string[]): void {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@y', '-c', 'init.defaultBranch=main'];
  execFileSync('git', ['-C', join(dir, at), ...who, ...args], { stdio: 'ignore' });
}

function committed(at: string, tag: string): void {
  git(at, 'add', '.');
  git(at, 'commit', '-qm', tag);
  git(at, 'tag', tag);
}

write(SOURCES);
execFileSync('tar', ['-czf', join(dir, 'src/packed.tar.gz'), '-C', join(dir, 'src'), 'packed']);
for (const at of ['src/repo', 'src/both.git']) {
  git(at, 'init', '-q');
  committed(at, 'v1');
}
write({ 'src/repo/tasks/main.yml': taskOf('second') });
committed('src/repo', 'v2');

function check(path: string, part: string | null): void {
  const file = join(dir, path);
  if (part === null) assert.not(fs.existsSync(file), `${path} is there`);
  else assert.ok(fs.readFileSync(file, 'utf8').includes(part), `${part} in ${path}`);
}

for (const one of CASES)
  test(one.name, async () => {
    for (const key of [one, ...one.steps].flatMap((part) => Object.keys(part)))
      assert.ok(KEYS.includes(key), key);
    for (const path of ['out', 'requirements.yml'])
      fs.rmSync(join(dir, path), { recursive: true, force: true });
    for (const { args, code, out = [], err, write: files = {} } of one.steps) {
      write(files);
      const line = args.map((arg) => arg.replaceAll('{dir}', dir));
      const ended = await inProcess(line, dir);
      const said = `${line.join(' ')}: ${ended.code}\n${ended.out}${ended.err}`;
      assert.is(ended.code, code, said);
      for (const part of out) assert.ok(ended.out.includes(part), `${part} in ${said}`);
      for (const part of err ?? []) assert.ok(ended.err.includes(part), `${part} in ${said}`);
    }
    for (const [path, part] of Object.entries(one.then ?? {})) check(path, part);
    assert.equal(fs.existsSync('out'), false);
  });

test.run();
