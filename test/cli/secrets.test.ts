import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess } from './program.js';

type Step = {
  args: string[];
  code: number;
  write?: Record<string, string | null>;
  seal?: string[];
  out?: string[];
  err?: string[];
  kept?: string[];
  same?: boolean;
};
type Case = { name: string; steps: Step[]; then?: string[] };
const KEYS = ['name', 'steps', 'then', 'args', 'code', 'write', 'seal', 'out', 'err', 'kept', 'same'];
const CASES = parse(fs.readFileSync(new URL('secrets.cases.yml', import.meta.url), 'utf8')) as Case[];
const VAULT = 'group_vars/all/vault.yml';

/** What is in a sealed file, with the password pw. */
async function opened(dir: string, file = VAULT): Promise<Record<string, string>> {
  if (!fs.existsSync(join(dir, file))) return {};
  assert.match(fs.readFileSync(join(dir, file), 'utf8'), /^\$ANSIBLE_VAULT;/);
  const { out } = await inProcess(['vault', 'view', '--vault-password-file', 'pw', file], dir);
  return (parse(out) ?? {}) as Record<string, string>;
}

async function prepare(dir: string, { write = {}, seal = [] }: Step): Promise<void> {
  for (const [name, text] of Object.entries(write)) {
    const file = join(dir, name);
    fs.mkdirSync(dirname(file), { recursive: true });
    if (text === null) fs.rmSync(file);
    else fs.writeFileSync(file, text);
  }
  for (const name of seal) await inProcess(['vault', 'encrypt', '--vault-password-file', 'pw', name], dir);
}

async function walk(dir: string, step: Step): Promise<void> {
  await prepare(dir, step);
  const before = await opened(dir);
  const bytes = step.same ? fs.readFileSync(join(dir, VAULT)) : undefined;
  const ended = await inProcess(['secrets', ...step.args], dir);
  const said = `${step.args.join(' ')}: ${ended.code}\n${ended.out}${ended.err}`;
  assert.is(ended.code, step.code, said);
  for (const part of step.out ?? []) assert.ok(ended.out.includes(part), `${part} in ${said}`);
  for (const part of step.err ?? []) assert.ok(ended.err.includes(part), `${part} in ${said}`);
  const after = await opened(dir);
  for (const value of Object.values(after)) assert.not(said.includes(String(value)), 'a value is shown');
  for (const name of step.kept ?? []) assert.is(after[name], before[name], name);
  if (bytes) assert.ok(bytes.equals(fs.readFileSync(join(dir, VAULT))), 'the file was written again');
}

for (const one of CASES)
  test(one.name, async () => {
    for (const key of [one, ...one.steps].flatMap((part) => Object.keys(part)))
      assert.ok(KEYS.includes(key), key);
    const dir = fs.mkdtempSync(join(tmpdir(), 'ffe-secrets-test-'));
    try {
      fs.writeFileSync(join(dir, 'pw'), 'moon\n');
      fs.writeFileSync(join(dir, 'other'), 'sun\n');
      for (const step of one.steps) await walk(dir, step);
      const made = await opened(dir);
      if (one.then) assert.equal(Object.keys(made), one.then);
      for (const [name, value] of Object.entries(made)) assert.match(value, /^[A-Za-z0-9]{40}$/, name);
      assert.is(new Set(Object.values(made)).size, Object.keys(made).length, 'two secrets are alike');
    } finally {
      fs.rmSync(dir, { recursive: true });
    }
  });

test('what VRRP takes has eight characters, and the file the vault id', async () => {
  const dir = fs.mkdtempSync(join(tmpdir(), 'ffe-secrets-test-'));
  try {
    fs.writeFileSync(join(dir, 'pw'), 'moon\n');
    fs.writeFileSync(join(dir, 'hosts.yml'), "all: {vars: {a: '{{ vault_keepalived_password }}'}}");
    const words = ['secrets', 'init', '-i', 'hosts.yml', '--file', 'own.yml', '--vault-id', 'prod@pw'];
    assert.is((await inProcess(words, dir)).code, 0);
    const made = await opened(dir, 'own.yml');
    assert.match(made.vault_keepalived_password!, /^[A-Za-z0-9]{8}$/);
    assert.match(fs.readFileSync(join(dir, 'own.yml'), 'utf8'), /^\$ANSIBLE_VAULT;1\.2;AES256;prod\n/);
    assert.is(fs.statSync(join(dir, 'own.yml')).mode & 0o777, 0o600);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
});

test.run();
