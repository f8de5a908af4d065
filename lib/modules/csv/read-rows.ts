/** How fields are parted and quoted. */
export type Dialect = {
  readonly delimiter: string;
  readonly skipinitialspace: boolean;
  /** What cannot be is an error, and not read as well as it can be. */
  readonly strict: boolean;
};

/** The dialects of Python's csv that have names. */
export const DIALECTS: Readonly<Record<string, Pick<Dialect, 'delimiter'>>> = {
  excel: { delimiter: ',' },
  'excel-tab': { delimiter: '\t' },
  unix: { delimiter: ',' },
};

/** Text that is no CSV in the strict reading. */
export class CsvError extends Error {}

const QUOTE = '"';

/** Where one field ends, and what is in it. */
type Field = { readonly value: string; readonly at: number };

/** What stands between quotes, from behind the first; two quotes are one. */
function quoted(text: string, from: number, { strict }: Dialect): Field {
  let value = '';
  let at = from;
  for (;;) {
    const end = text.indexOf(QUOTE, at);
    if (end < 0) {
      if (strict) throw new CsvError('unexpected end of data');
      return { value: value + text.slice(at), at: text.length };
    }
    value += text.slice(at, end);
    if (text[end + 1] !== QUOTE) return { value, at: end + 1 };
    value += QUOTE;
    at = end + 2;
  }
}

function field(text: string, from: number, dialect: Dialect): Field {
  let start = from;
  while (dialect.skipinitialspace && text[start] === ' ') start++;
  const opened = text[start] === QUOTE;
  const first = opened ? quoted(text, start + 1, dialect) : { value: '', at: start };
  let end = first.at;
  while (end < text.length && text[end] !== dialect.delimiter && !/[\r\n]/.test(text[end]!)) end++;
  const rest = text.slice(first.at, end);
  if (opened && rest !== '' && dialect.strict)
    throw new CsvError(`'${dialect.delimiter}' expected after '${QUOTE}'`);
  return { value: first.value + rest, at: end };
}

/** The rows of a text; empty lines are rows without fields. Throws a CsvError. */
export function readRows(text: string, dialect: Dialect): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const line = /^\r?\n|^\r/.exec(text.slice(at, at + 2));
    if (line && row.length === 0) {
      rows.push([]);
      at += line[0].length;
      continue;
    }
    const found = field(text, at, dialect);
    row.push(found.value);
    at = found.at;
    if (text[at] === dialect.delimiter) {
      at++;
      // A delimiter at the end of a line is followed by an empty field.
      if (at < text.length && !/[\r\n]/.test(text[at]!)) continue;
      row.push('');
    }
    rows.push(row);
    row = [];
    at += /^\r?\n|^\r/.exec(text.slice(at, at + 2))?.[0].length ?? 0;
  }
  return rows;
}
