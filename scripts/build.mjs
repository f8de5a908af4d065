// Bundles the program into one file, so that starting it reads one file, whose compiled form V8 can keep (see
// bin/ffe-provision); the names that TypeScript modules import; and their types. Plain JavaScript: `npm install` runs
// it also where only the packages that the program itself needs are installed.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// `node scripts/build.mjs FOLDER` builds into another folder, without types: tests do.
const [elsewhere] = process.argv.slice(2);
const dist = elsewhere ?? join(root, 'dist');
// Another program may be running from dist/: it is replaced in one step.
const draft = `${dist}.${process.pid}`;

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  outdir: draft,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // Packages with binaries of their own are loaded from node_modules.
  external: ['esbuild', 'cpu-features', '*.node'],
};

/** The type declarations of lib/index.ts; left out where TypeScript is not installed. */
function declarations() {
  const require = createRequire(import.meta.url);
  const compiler = join(root, 'node_modules', 'typescript');
  if (!existsSync(compiler)) return;
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.types.json'), '--outDir', join(draft, 'types')];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('the type declarations could not be made');
}

function replace() {
  const old = `${dist}.${process.pid}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(draft, dist);
  rmSync(old, { recursive: true, force: true });
}

try {
  await build({
    ...common,
    entryPoints: { main: 'lib/cli/main.ts' },
    format: 'cjs',
    // A script that V8 takes from its cache has no way to import; what is built into Node can be required.
    supported: { 'dynamic-import': false },
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  await build({ ...common, entryPoints: { index: 'lib/index.ts' }, format: 'esm' });
  if (elsewhere === undefined) declarations();
  replace();
} finally {
  rmSync(draft, { recursive: true, force: true });
}
