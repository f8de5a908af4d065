import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// Bundles the program: one file for the way of every run, further ones for what only some verbs need. Starting from a
// few bundled files takes a fraction of the time of loading hundreds of modules.
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'lib/cli/main.ts', index: 'lib/index.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  legalComments: 'none',
  // Packages with binaries of their own are loaded from node_modules.
  external: ['esbuild', 'cpu-features', '*.node'],
  // CommonJS packages inside the bundle expect these names.
  banner: {
    js: [
      "import { createRequire as nodeRequire } from 'node:module';",
      "import { dirname as nodeDirname } from 'node:path';",
      "import { fileURLToPath as nodeFile } from 'node:url';",
      'const require = nodeRequire(import.meta.url), __filename = nodeFile(import.meta.url), __dirname = nodeDirname(__filename);',
    ].join('\n'),
  },
});
