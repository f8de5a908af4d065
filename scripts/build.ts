import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

// Bundles the program into one file, so that starting it reads one file, whose compiled form V8 can keep (see
// bin/ffe-provision); and the names that TypeScript modules import.
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;

const common: BuildOptions = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // Packages with binaries of their own are loaded from node_modules.
  external: ['esbuild', 'cpu-features', '*.node'],
};

rmSync(dist, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { main: 'lib/cli/main.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
});
await build({ ...common, entryPoints: { index: 'lib/index.ts' }, format: 'esm' });
