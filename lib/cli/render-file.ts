import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hostScope } from '../engine/preview.js';
import { createRun } from '../engine/run.js';
import { FfeError } from '../errors/error.js';
import { besideVars, readVarsFile } from '../inventory/beside.js';
import { loadInventory } from '../inventory/load.js';
import { createRedactor } from '../secrets/redactor.js';
import { library } from '../template/builtin.js';
import { createTemplater } from '../template/create.js';
import { writeJson } from '../template/json-write.js';
import type { Value } from '../values/value.js';
import { parseFlags } from './parse-flags.js';
import type { RenderArguments } from './render-arguments.js';
import { type Settings, settingsOf } from './settings.js';

function runOf(settings: Settings) {
  const { vault, inventories, options } = settings;
  const unvault = vault.open;
  return createRun({
    options,
    inventory: loadInventory(inventories, { unvault }).inventory,
    modules: new Map(),
    templater: createTemplater(library),
    redactor: createRedactor(),
    open: () => Promise.reject(new FfeError('internal', 'rendering a template opens no connection')),
    unvault,
    beside: (dir) => besideVars([dir], { unvault }),
    readVars: (file) => readVarsFile(file, { unvault }),
    listen: () => undefined,
    signal: new AbortController().signal,
  });
}

function readTemplate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FfeError('not-found', `the template '${file}' cannot be read`, { cause });
  }
}

function printed(value: Value): string {
  return typeof value === 'string'
    ? `${value}\n`
    : `${writeJson(value, { indent: '  ', ensureAscii: false })}\n`;
}

/** Renders the file or expression of a command line with the variables of its host; what goes to standard output. */
export async function renderGiven(given: RenderArguments): Promise<string> {
  const run = runOf(await settingsOf(parseFlags(given.rest)));
  const scope = hostScope(run, process.cwd(), given.host ?? 'localhost');
  const { files } = scope.tools;
  if (given.file === undefined) {
    const pos = { file: '--expr', line: 1, col: 1 };
    return printed(run.templater.value(given.expression ?? '', scope, files, { pos }));
  }
  const file = resolve(given.file);
  const near = { ...files, searchPath: [dirname(file), ...files.searchPath] };
  return run.templater.file(readTemplate(file), file, scope, near);
}
