import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Module } from '../modules/module.js';
import { moduleTable } from '../modules/table.js';
import { moduleJson } from './doc/as-json.js';
import { indexPage, modulePage } from './doc/as-markdown.js';
import { moduleList, moduleSnippet, moduleText } from './doc/as-text.js';
import { fullName, modulesByName } from './doc/names.js';
import { DOC_HELP, DOC_OPTIONS } from './doc/options.js';
import type { Io } from './io.js';
import { loadLibraryModule } from './library.js';
import { type Given, parseOptions } from './parse-flags.js';

type DocGiven = Given<keyof typeof DOC_OPTIONS>;
const FORMATS = ['text', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];

function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find((word) => word === given);
  if (found) return found;
  throw new FfeError(
    'usage',
    `--${option} is ${known.join(', ')}, found '${given}'${didYouMean(given, known)}`,
  );
}

function named(words: readonly string[], folder: string): Module[] {
  const all = moduleTable(modulesByName());
  return words.map((word) => {
    const own = join(folder, `${word}.ts`);
    const found = existsSync(own) ? loadLibraryModule(own) : all.get(word);
    if (found) return found;
    throw new FfeError('unknown-name', `there is no module '${word}'${didYouMean(word, [...all.keys()])}`, {
      hint: "see 'ffe-provision doc' for all of them",
    });
  });
}

/** Writes a page for each module and takes away those of modules that are no more. Answers how many. */
export function writePages(folder: string, modules: readonly Module[]): number {
  mkdirSync(folder, { recursive: true });
  const pages = new Map(modules.map((m) => [`${fullName(m)}.md`, modulePage(m)]));
  pages.set('README.md', indexPage(modules));
  for (const name of readdirSync(folder))
    if (name.endsWith('.md') && !pages.has(name)) rmSync(join(folder, name));
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  return pages.size;
}

const PRINT: Readonly<Record<Format, (modules: readonly Module[], width: number) => string>> = {
  text: (modules, width) => modules.map((m) => moduleText(m, width)).join('\n'),
  markdown: (modules) => modules.map(modulePage).join('\n'),
  json: (modules) => `${JSON.stringify(Object.assign({}, ...modules.map(moduleJson)), null, 4)}\n`,
};

function answer(given: DocGiven, io: Io): string {
  const width = Math.max(40, Math.min(io.columns ?? 80, 100));
  const format = given.on('json') ? 'json' : oneOf('format', given.text('format') ?? 'text', FORMATS);
  oneOf('type', given.text('type') ?? 'module', ['module']);
  const folder = given.text('modulePath') ?? 'library';
  const asked = given.words.length > 0 ? named(given.words, folder) : modulesByName();
  if (given.on('snippet')) return asked.map(moduleSnippet).join('\n');
  const pages = given.on('all') && format === 'markdown' && given.words.length === 0;
  if (pages) {
    const into = given.text('output') ?? join('docs', 'modules');
    return `${writePages(into, asked)} pages written to ${into}\n`;
  }
  const list = given.on('list') || (given.words.length === 0 && !given.on('all'));
  if (!list) return PRINT[format](asked, width);
  if (format === 'json')
    return `${JSON.stringify(Object.fromEntries(asked.map((m) => [fullName(m), m.summary])), null, 4)}\n`;
  return moduleList(asked, io.columns);
}

/** The verb `doc`: what modules take and give, for the terminal, as Markdown or as JSON. */
export async function doc(args: string[], io: Io): Promise<number> {
  const given = parseOptions(DOC_OPTIONS, args, 'ffe-provision doc');
  io.out(given.on('help') ? DOC_HELP : answer(given, io));
  return 0;
}
