type CsvRules = { delimiter: string; skipSpace: boolean };
type Field = { text: string; end: number };

function quotedField(source: string, at: number): Field {
  let text = '';
  let i = at + 1;
  for (; i < source.length; i++) {
    if (source[i] !== '"') text += source[i];
    else if (source[i + 1] === '"') text += source[i++];
    else break;
  }
  return { text, end: i + 1 };
}

function fieldAt(source: string, at: number, { delimiter, skipSpace }: CsvRules): Field {
  let from = at;
  while (skipSpace && source[from] === ' ') from++;
  const start = source[from] === '"' ? quotedField(source, from) : { text: '', end: from };
  let end = start.end;
  while (end < source.length && source[end] !== delimiter && !/[\r\n]/.test(source[end]!)) end++;
  return { text: start.text + source.slice(start.end, end), end };
}

/** Splits a text of separated values into rows; quotes may hold delimiters, line ends and doubled quotes. */
export function readCsv(source: string, delimiter: string, skipSpace = false): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < source.length; ) {
    const field = fieldAt(source, at, { delimiter, skipSpace });
    row.push(field.text);
    at = field.end + 1;
    if (source[field.end] === delimiter && at < source.length) continue;
    if (source[field.end] === delimiter) row.push('');
    if (source[field.end] === '\r' && source[at] === '\n') at++;
    rows.push(row);
    row = [];
  }
  return rows;
}
