import type { Value } from '../../values/value.js';
import { type Lookup, TemplateError } from '../library.js';
import { text } from '../read.js';
import { pattern } from '../regex/pattern.js';
import { asBoolean } from '../tests/kinds.js';
import { readCsv } from './csv-file.js';
import { type IniSection, readIni } from './ini-file.js';
import { keyValues } from './key-values.js';
import { lookup, type Options, termText } from './options.js';
import { mustFind, readText } from './search.js';

/** Options of a term itself before those of the call. */
function settings(term: string, options: Options, names: readonly string[]) {
  const { words, options: own } = keyValues(term);
  for (const name of own.keys())
    if (!names.includes(name))
      throw new TemplateError(`${name} is not a valid option, only ${names.join(', ')}`);
  const get = (name: string): Value | undefined => own.get(name) ?? options.get(name) ?? undefined;
  return {
    key: words.join(' '),
    get,
    text: (name: string, fallback: string) => text(get(name) ?? fallback),
    bool: (name: string) => asBoolean(get(name) ?? false) ?? false,
  };
}

const CSV = ['file', 'delimiter', 'col', 'default', 'encoding', 'keycol'];

const csvfile = lookup(CSV.join(' '), (terms, options, { host }) =>
  terms.flatMap((term) => {
    const s = settings(termText(term), options, CSV);
    if (s.key === '') throw new TemplateError('Search key is required but was not found');
    const content = readText(
      host,
      mustFind(host, 'files', s.text('file', 'ansible.csv')),
      s.text('encoding', 'utf-8'),
    );
    const delimiter = s.text('delimiter', 'TAB');
    const rows = readCsv(content, delimiter === 'TAB' ? '\t' : delimiter);
    const row = rows.find((fields) => fields[Number(s.text('keycol', '0'))] === s.key);
    const fallback = s.get('default');
    if (!row) return fallback === undefined ? [] : [fallback];
    const found = row[Number(s.text('col', '1'))];
    if (found === undefined)
      throw new TemplateError(`the row '${s.key}' has no column ${s.text('col', '1')}`);
    return [found];
  }),
);

const INI = [
  'file',
  'section',
  'type',
  're',
  'encoding',
  'default',
  'case_sensitive',
  'allow_no_value',
  'allow_none',
];

function fromSection(section: IniSection, key: string, regexp: boolean, fallback: Value): Value[] {
  if (regexp) {
    const wanted = pattern(key);
    return Array.from(section)
      .filter(([name]) => wanted.match(name) !== undefined)
      .map(([, value]) => value);
  }
  const found = section.get(key);
  if (found !== undefined) return found === null ? [] : [found];
  return fallback === null ? [] : Array.isArray(fallback) ? fallback : [fallback];
}

const ini = lookup(INI.join(' '), (terms, options, { host }) =>
  terms.flatMap((term) => {
    const s = settings(termText(term), options, INI);
    if (s.key === '')
      throw new TemplateError('No key to lookup was provided as first term with in string inline option');
    const properties = s.text('type', 'ini') === 'properties';
    const name = properties ? 'java_properties' : s.text('section', 'global');
    const content = readText(
      host,
      mustFind(host, 'files', s.text('file', 'ansible.ini')),
      s.text('encoding', 'utf-8'),
    );
    const cased = s.bool('case_sensitive');
    const sections = readIni(properties ? `[${name}]\n${content}` : content, {
      caseSensitive: cased,
      allowNoValue: s.bool('allow_no_value') || s.bool('allow_none'),
    });
    const section = sections.get(name);
    if (!section) throw new TemplateError(`No section '${name}' in ${s.text('file', 'ansible.ini')}`);
    return fromSection(
      section,
      cased || s.bool('re') ? s.key : s.key.toLowerCase(),
      s.bool('re'),
      s.get('default') ?? '',
    );
  }),
);

/** Lookups in tables: CSV and INI files. */
export const tableLookups: Record<string, Lookup> = { csvfile, ini };
