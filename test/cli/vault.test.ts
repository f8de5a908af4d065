import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess } from './program.js';

type Step = { args: string[]; code: number; out?: string[]; err?: string[]; editor?: string };
type Case = { name: string; steps: Step[]; then?: Record<string, string | number> };
const KEYS = ['name', 'steps', 'then', 'args', 'code', 'out', 'err', 'editor'];
const CASES = parse(fs.readFileSync(new URL('vault.cases.yml', import.meta.url), 'utf8')) as Case[];

const CLIENT = '#!/bin/sh\n[ "$2" = dev ] && echo three && exit\necho no such id >&2\nexit 2\n';
const FILES: Record<string, string> = {
  old: 'one\n',
  new: 'two\n',
  none: '\n',
  'plain.yml': 'hello: world\n',
};

function folder(): string {
  const dir = fs.mkdtempSync(join(tmpdir(), 'ffe-vault-test-'));
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(join(dir, name), text);
  fs.writeFileSync(join(dir, 'secret-client.sh'), CLIENT, { mode: 0o755 });
  return dir;
}

async function within(work: (dir: string) => Promise<void>): Promise<void> {
  const [dir, editor] = [folder(), process.env.EDITOR];
  try {
    await work(dir);
  } finally {
    if (editor === undefined) delete process.env.EDITOR;
    else process.env.EDITOR = editor;
    fs.rmSync(dir, { recursive: true });
  }
}

async function walk({ args, code, out = [], err, editor }: Step, dir: string): Promise<void> {
  process.env.EDITOR = editor ?? 'false';
  const ended = await inProcess(['vault', ...args], dir);
  const said = `${args.join(' ')}: ${ended.code}\n${ended.out}${ended.err}`;
  assert.is(ended.code, code, said);
  for (const part of out) assert.ok(ended.out.includes(part), `${part} in ${said}`);
  for (const part of err ?? []) assert.ok(ended.err.includes(part), `${part} in ${said}`);
  if (err?.length === 0) assert.is(ended.err, '');
}

for (const one of CASES)
  test(one.name, () =>
    within(async (dir) => {
      for (const key of [one, ...one.steps].flatMap((part) => Object.keys(part)))
        assert.ok(KEYS.includes(key), key);
      for (const step of one.steps) await walk(step, dir);
      for (const [name, wanted] of Object.entries(one.then ?? {}))
        if (name === 'mode') assert.is(fs.statSync(join(dir, 'plain.yml')).mode & 0o777, wanted);
        else assert.is(fs.readFileSync(join(dir, name), 'utf8').split('\n')[0], wanted);
    }),
  );

test('a link stays a link, and no draft is left beside its target', () =>
  within(async (dir) => {
    fs.symlinkSync('plain.yml', join(dir, 'link.yml'));
    const before = fs.readdirSync(dir);
    await walk({ args: ['encrypt', '--vault-id', 'old', 'link.yml'], code: 0 }, dir);
    assert.ok(fs.lstatSync(join(dir, 'link.yml')).isSymbolicLink());
    assert.match(fs.readFileSync(join(dir, 'plain.yml'), 'utf8'), /^\$ANSIBLE_VAULT;/);
    assert.equal(fs.readdirSync(dir), before);
  }));

test('what an editor saw lies in a private folder, and is gone afterwards', () =>
  within(async (dir) => {
    const trace = join(dir, 'trace');
    const look = join(dir, 'look');
    fs.writeFileSync(look, `#!/bin/sh\nstat -c '%a %n' "$1" "$(dirname "$1")" > ${trace}\n`, { mode: 0o755 });
    await walk({ args: ['encrypt', '--vault-id', 'old', 'plain.yml'], code: 0 }, dir);
    await walk({ args: ['edit', '--vault-id', 'old', 'plain.yml'], code: 0, editor: look }, dir);
    const [file = '', holder = ''] = fs.readFileSync(trace, 'utf8').trim().split('\n');
    assert.match(file, /^600 .*plain\.yml$/);
    assert.match(holder, /^700 /);
    assert.not(fs.existsSync(holder.slice(4)));
  }));

const oracle = spawnSync('ansible-vault', ['--version']).status === 0;
if (oracle)
  test('files move both ways between ansible-vault and the verb', () =>
    within(async (dir) => {
      const real = (...args: string[]) => execFileSync('ansible-vault', args, { cwd: dir, encoding: 'utf8' });
      await walk({ args: ['encrypt', '--vault-id', 'x@old', 'plain.yml'], code: 0 }, dir);
      assert.is(real('view', '--vault-id', 'x@old', 'plain.yml'), FILES['plain.yml']);
      real('rekey', '--vault-id', 'x@old', '--new-vault-id', 'y@new', 'plain.yml');
      await walk({ args: ['view', '--vault-id', 'y@new', 'plain.yml'], code: 0, out: ['hello: world'] }, dir);
    }));

test.run();
