import { basename, dirname, join } from 'node:path';
import { repr } from '../../values/print.js';
import { statOf } from '../../values/stat.js';
import { Tuple, type Value } from '../../values/value.js';
import { glob } from '../glob.js';
import { type Caller, type HostFiles, type Kwargs, type Lookup, TemplateError } from '../library.js';
import { isSequence, items } from '../read.js';
import { literalOr } from '../runtime/literal.js';
import { lookup, type Options, optionsOf, termText } from './options.js';
import { findFile, mustFind, readText } from './search.js';

const file = lookup('lstrip rstrip', (terms, options, { host }) =>
  terms.map((term) => {
    const name = termText(term);
    let content = readText(host, mustFind(host, 'files', name, `could not locate file in lookup: ${name}`));
    if (options.bool('lstrip', false)) content = content.trimStart();
    return options.bool('rstrip', true) ? content.trimEnd() : content;
  }),
);

const unvault = lookup('', (terms, _options, { host }) =>
  terms.map((term) => readText(host, mustFind(host, 'files', termText(term)))),
);

const TEMPLATE =
  'convert_data template_vars jinja2_native variable_start_string variable_end_string comment_start_string comment_end_string';

function rendered(term: Value, options: Options, caller: Caller): Value {
  const name = termText(term);
  const words = `the template file ${name} could not be found for the lookup`;
  const path = mustFind(caller.host, 'templates', name, words);
  const given = options.get('template_vars');
  const extra = new Map<string, Value>([
    ['template_path', path],
    ['template_fullpath', path],
  ]);
  if (given instanceof Map) for (const [key, value] of given) extra.set(String(key), value);
  const result = caller.templateFile(readText(caller.host, path), path, extra, {
    variableStart: options.text('variable_start_string', '{{'),
    variableEnd: options.text('variable_end_string', '}}'),
    commentStart: options.text('comment_start_string', '{#'),
    commentEnd: options.text('comment_end_string', '#}'),
  });
  return options.bool('convert_data', true) ? literalOr(result) : result;
}

const isFile = (path: string): boolean => statOf(path)?.isFile() === true;

function globbed(term: string, host: HostFiles): string[] {
  const name = basename(term);
  const bases = [...host.searchPath, host.baseDir];
  const folders =
    name === term
      ? bases.flatMap((base) => [join(base, 'files'), base])
      : [findFile(host, 'files', dirname(term))];
  for (const folder of folders) {
    const found = folder === undefined ? [] : glob(join(folder, name)).filter(isFile);
    if (found.length) return found;
  }
  return [];
}

type Search = { names: string[]; skip: boolean };

const splitAll = (list: Value[], marks: RegExp): string[] => list.flatMap((v) => termText(v).split(marks));

function listed(options: Options, name: string): Value[] {
  const v = options.get(name);
  return v === undefined || v === null ? [] : typeof v === 'string' ? [v] : items(v);
}

function fromOptions(options: Options, term?: string): Search {
  const files = splitAll(listed(options, 'files'), /[,;]/);
  const paths = splitAll(listed(options, 'paths'), /[,:;]/);
  const skip = options.bool('skip', false);
  if (paths.length) return { names: paths.flatMap((path) => files.map((name) => join(path, name))), skip };
  if (files.length) return { names: files, skip };
  return { names: term === undefined ? [] : [term], skip };
}

const FIRST = ['files', 'paths', 'skip'];

function searches(terms: readonly Value[], kwargs: Kwargs): Search[] {
  return terms.flatMap((term) => {
    if (term instanceof Map) return [fromOptions(optionsOf(term as Map<string, Value>, FIRST))];
    if (typeof term === 'string') return [fromOptions(optionsOf(kwargs, FIRST), term)];
    if (isSequence(term)) return searches(term instanceof Tuple ? term.items : term, kwargs);
    throw new TemplateError(`a term must be a text, a list or a dict, not ${repr(term)}`);
  });
}

const firstFound: Lookup = (terms, kwargs, { host }) => {
  const given = terms as Value[];
  const all = given.length ? searches(given, kwargs) : [fromOptions(optionsOf(kwargs, FIRST))];
  for (const name of all.flatMap((s) => s.names)) {
    const found = findFile(host, host.folder ?? 'files', name);
    if (found !== undefined) return [found];
  }
  if (all.at(-1)?.skip) return [];
  throw new TemplateError('No file was found when using first_found.');
};

/** Lookups of files on the controller. */
export const fileLookups: Record<string, Lookup> = {
  file,
  unvault,
  template: lookup(TEMPLATE, (terms, options, caller) =>
    terms.map((term) => rendered(term, options, caller)),
  ),
  fileglob: lookup('', (terms, _options, { host }) => terms.flatMap((term) => globbed(termText(term), host))),
  first_found: firstFound,
};
