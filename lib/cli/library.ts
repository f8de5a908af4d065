import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FfeError } from '../errors/error.js';
import * as kit from '../index.js';
import type { Module } from '../modules/module.js';

const require = createRequire(import.meta.url);

type Loaded = { exports: Record<string, unknown> };

/** Bundles a TypeScript file with what it imports from beside itself, as CommonJS. */
function bundle(file: string): string {
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  try {
    const built = buildSync({
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
      absWorkingDir: dirname(file),
    });
    return built.outputFiles[0]!.text;
  } catch (error) {
    throw fromEsbuild(error, file);
  }
}

type Message = {
  text: string;
  location: { file: string; line: number; column: number; length: number } | null;
};

function fromEsbuild(error: unknown, file: string): FfeError {
  const first = (error as { errors?: Message[] }).errors?.[0];
  const at = first?.location;
  const pos = { file, line: at?.line ?? 1, col: (at?.column ?? 0) + 1 };
  return new FfeError('parse', first?.text ?? 'this TypeScript file cannot be compiled', {
    pos,
    span: at?.length,
    cause: error,
  });
}

function evaluate(code: string, file: string): Record<string, unknown> {
  const module: Loaded = { exports: {} };
  const near = createRequire(pathToFileURL(file));
  const load = (name: string): unknown => (name === 'ffe-provision' ? kit : near(name));
  const body = new Function('module', 'exports', 'require', '__filename', '__dirname', code);
  body(module, module.exports, load, file, dirname(file));
  return module.exports;
}

/** What a TypeScript file exports; it may import from beside itself, from node_modules and from 'ffe-provision'. */
export function loadTypeScript(file: string): Record<string, unknown> {
  return evaluate(bundle(file), file);
}

function isModule(value: unknown): value is Module {
  return typeof value === 'object' && value !== null && 'kind' in value && 'name' in value && 'args' in value;
}

/** Loads a module of a `library` folder: a TypeScript file that exports what `defineModule` gives. */
export function loadLibraryModule(file: string): Module {
  const exported = loadTypeScript(file);
  const found = [exported.default, ...Object.values(exported)].find(isModule);
  if (found) return found.kind === 'run' ? { ...found, scripted: true } : found;
  throw new FfeError('bad-value', 'this file exports no module', {
    pos: { file, line: 1, col: 1 },
    hint: "export default defineModule({ ... }), from 'ffe-provision'",
  });
}
