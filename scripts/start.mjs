// node scripts/start.mjs SCRIPT [ARGS...]: runs scripts/SCRIPT.ts, after installing the packages it needs when this clone
// has none yet (or others than package-lock.json says). Needs nothing but Node and npm.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [script = '', ...args] = process.argv.slice(2);

function fail(text) {
  console.error(text);
  process.exit(1);
}

function tooOld() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = engines.node.replace(/[^\d.]/g, '').split('.').map(Number);
  const found = process.versions.node.split('.').map(Number);
  const at = wanted.findIndex((n, i) => n !== found[i]);
  return at >= 0 && found[at] < wanted[at] ? engines.node : undefined;
}

/** npm writes node_modules/.package-lock.json last, so a cut-short installation is done again. */
function installed() {
  const done = join(root, 'node_modules/.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000;
}

function npm(...words) {
  const { status, error } = spawnSync('npm', words, { cwd: root, stdio: 'inherit' });
  if (error) fail(`cannot run npm: ${error.message}`);
  if (status !== 0) fail(`npm ${words.join(' ')} failed`);
}

/** The program runs from dist/: it is built when that is missing or older than a source. */
function built() {
  const program = join(root, 'dist/main.cjs');
  if (!existsSync(program)) return false;
  const made = statSync(program).mtimeMs;
  const sources = readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true });
  return sources.every((file) => statSync(join(file.parentPath ?? file.path, file.name)).mtimeMs <= made);
}

const wanted = tooOld();
if (wanted !== undefined) fail(`Node ${wanted} is needed, this is ${process.versions.node}`);
if (!existsSync(join(root, 'node_modules/tsx'))) npm('ci', '--no-audit', '--no-fund');
else if (!installed()) console.error('package-lock.json is newer than node_modules: npm ci brings them in line');
if (!built()) npm('run', '--silent', 'build');

const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', `${script}.ts`), ...args], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself; it ends when it has cleaned up.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => name !== 'SIGINT' && child.kill(name));
child.on('close', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
