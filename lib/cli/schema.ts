import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Module } from '../modules/module.js';
import { modulesByName } from './doc/names.js';
import type { Io } from './io.js';
import { loadLibraryModule } from './library.js';
import { type Option, parseOptions } from './parse-flags.js';
import { editorSchema, type SchemaKind } from './schema/editor-schema.js';

const KINDS: readonly SchemaKind[] = ['playbook', 'tasks', 'handlers'];

const OPTIONS = {
  output: { names: ['output'], short: 'o', value: 'FILE', doc: 'write there' },
  library: { names: ['library'], value: 'FOLDER', doc: 'own modules' },
  debug: { names: ['debug'], doc: 'stacks of errors' },
  help: { names: ['help'], short: 'h', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Option>>;

const HELP = `ffe-provision schema [playbook|tasks|handlers] [OPTIONS]

The JSON schema of playbooks (default), or of the task or handler files of roles, with the arguments of every module:
editors that know YAML schemas then complete and check as you type.

  -o, --output FILE      write it there instead of printing it
      --library FOLDER   with the modules of that folder (default library, where there is one)

  ffe-provision schema --output .vscode/playbook.schema.json
`;

function libraryModules(folder: string): Module[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => loadLibraryModule(join(folder, name)));
}

/** The verb `schema`: the JSON schema of playbooks for editors. */
export async function schema(args: string[], io: Io): Promise<number> {
  const given = parseOptions(OPTIONS, args, 'ffe-provision schema');
  if (given.on('help')) {
    io.out(HELP);
    return 0;
  }
  const word = given.words[0] ?? 'playbook';
  const kind = KINDS.find((known) => known === word);
  if (!kind) throw new FfeError('usage', `there is no schema '${word}'${didYouMean(word, KINDS)}`);
  const modules = [...modulesByName(), ...libraryModules(given.text('library') ?? 'library')];
  const text = `${JSON.stringify(editorSchema(kind, modules), null, 1)}\n`;
  const file = given.text('output');
  if (file) writeFileSync(file, text);
  else io.out(text);
  return 0;
}
