import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hostScope } from '../engine/preview.js';
import { FfeError } from '../errors/error.js';
import { writeJson } from '../template/json-write.js';
import type { Value } from '../values/value.js';
import { parseFlags } from './parse-flags.js';
import type { RenderArguments } from './render-arguments.js';
import { settingsOf } from './settings.js';
import { viewRun } from './view/view-run.js';

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
  const { run } = viewRun(await settingsOf(parseFlags(given.rest)));
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
