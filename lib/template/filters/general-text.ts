import { crc32 } from 'node:zlib';
import type { Dict, Value } from '../../values/value.js';
import { encode } from '../bytes.js';
import { type Filter, TemplateError } from '../library.js';
import { readCsv } from '../lookups/csv-file.js';
import { splitLines } from '../methods/splitting.js';
import { randomSource } from '../random.js';
import { asText, flag, items, oneOf, text } from '../read.js';
import { filter } from '../signature.js';

const DELIMITERS: Record<string, string> = { excel: ',', unix: ',', 'excel-tab': '\t' };

/** A row as a dict: what is missing is None, what has no name is a list under the key None. */
function rowDict(names: readonly Value[], row: readonly string[]): Dict {
  const out: Dict = new Map(names.map((name, i) => [name, row[i] ?? null]));
  if (row.length > names.length) out.set(null, row.slice(names.length));
  return out;
}

const fromCsv = filter(
  'dialect? fieldnames? delimiter? skipinitialspace? strict?',
  (input, [dialect = 'excel', fieldnames, delimiter, skip, strict]) => {
    const own = DELIMITERS[oneOf(dialect, Object.keys(DELIMITERS), 'dialect')]!;
    const source = asText(input).replace(/^\ufeff/, '');
    if (flag(strict ?? false) && (source.match(/"/g)?.length ?? 0) % 2 === 1)
      throw new TemplateError('from_csv: a quote is not closed');
    const rows = readCsv(source, delimiter ? asText(delimiter) : own, flag(skip ?? false)).filter(
      (row) => row.length > 1 || row[0] !== '',
    );
    const names = fieldnames ? items(fieldnames) : (rows.shift() ?? []);
    return rows.map((row) => rowDict(names, row));
  },
);

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

const randomMac = filter('seed?', (input, [seed]) => {
  const prefix = asText(input).toLowerCase();
  const parts = prefix.split(':');
  if (parts.length > 5) throw new TemplateError(`random_mac: '${prefix}' has more than five parts`);
  const odd = parts.find((part) => !/^[a-f0-9]{2}/.test(part));
  if (odd !== undefined) throw new TemplateError(`random_mac: '${odd}' is no byte in hexadecimal digits`);
  const least = 0x10_0000_0000;
  const digits = (least + randomSource(seed)(0xff_ffff_ffff - least + 1)).toString(16);
  return prefix + digits.slice(0, 2 * (6 - parts.length)).replace(/../g, ':$&');
});

function splitPem(source: string): Value[] {
  const out: string[] = [];
  let current: string | undefined;
  for (const line of splitLines(source, true)) {
    if (line.trim() === '') continue;
    if (line.startsWith('-----BEGIN ')) current = '';
    if (current === undefined) continue;
    current += line;
    if (!line.startsWith('-----END ')) continue;
    out.push(current);
    current = undefined;
  }
  return out;
}

/** Filters on text of community.general and community.crypto, by their full names. */
export const generalTextFilters: Record<string, Filter> = {
  'community.general.crc32': filter('', (input) => crc32(Buffer.from(encode(asText(input)))).toString(16)),
  'community.general.from_csv': fromCsv,
  'community.general.unicode_normalize': filter('form?', (input, [form = 'NFC']) =>
    asText(input).normalize(oneOf(form, FORMS, 'form')),
  ),
  random_mac: randomMac,
  'community.crypto.split_pem': filter('', (input) => splitPem(text(input))),
};
