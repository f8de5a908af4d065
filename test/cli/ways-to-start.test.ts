import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

// The program starts from a clone (built or not), by a link in a folder of programs, and from the packed package.
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ffe-ways-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const PLAY =
  '- {hosts: localhost, gather_facts: false, tasks: [{copy: {content: x, dest: "{{ dir }}/made"}}]}\n';

function works(program: string, name: string, env: Record<string, string> = {}): void {
  const dir = join(folder, name);
  mkdirSync(dir);
  const playbook = join(dir, 'play.yml');
  writeFileSync(playbook, PLAY);
  const run = (args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: dir, ...env } });
  assert.match(run(['--version']), /^ffe-provision \d+\.\d+\.\d+\n$/);
  assert.match(run(['-e', `dir=${dir}`, playbook]), /changed=1 .*failed=0/);
  assert.ok(existsSync(join(dir, 'made')));
}

test('a clone that was not built', () => {
  works(join(ROOT, 'bin', 'ffe-provision'), 'sources', { FFE_PROVISION_SOURCES: '1' });
});

test('a link to the clone, as npm link makes', () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(join(ROOT, 'bin', 'ffe-provision'), join(bin, 'ffe-provision'));
  works(join(bin, 'ffe-provision'), 'linked', { FFE_PROVISION_SOURCES: '1' });
});

test('the packed package', () => {
  const clone = join(folder, 'clone');
  mkdirSync(clone);
  // A copy: the clone's own dist/ may be in use.
  const parts = ['bin', 'lib', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.types.json'];
  for (const part of parts) cpSync(join(ROOT, part), join(clone, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const npm = (...args: string[]) =>
    execFileSync('npm', args, { cwd: clone, encoding: 'utf8', stdio: 'pipe' });
  npm('run', 'build');
  works(join(clone, 'bin', 'ffe-provision'), 'built');
  npm('pack', '--ignore-scripts', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  const listed = execFileSync('tar', ['-tzf', join(folder, tarball)], { encoding: 'utf8' }).split('\n');
  assert.equal(
    listed.filter((name) => /^package\/(test|node_modules|lib)\//.test(name)),
    [],
  );
  // Installed without a registry: its files, and the packages it names beside it.
  const modules = join(folder, 'installed', 'node_modules');
  mkdirSync(modules, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', modules]);
  execFileSync('mv', [join(modules, 'package'), join(modules, 'ffe-provision')]);
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((name) => !name.startsWith('.')))
    if (!existsSync(join(modules, name))) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  works(join(modules, 'ffe-provision', 'bin', 'ffe-provision'), 'packed');
});

test.run();
