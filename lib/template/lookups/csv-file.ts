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

function fieldAt(source: string, at: number, delimiter: string): Field {
  const start = source[at] === '"' ? quotedField(source, at) : { text: '', end: at };
  let end = start.end;
  while (end < source.length && source[end] !== delimiter && !/[\r\n]/.test(source[end]!)) end++;
  return { text: start.text + source.slice(start.end, end), end };
}

/** Splits a text of separated values into rows; quotes may hold delimiters, line ends and doubled quotes. */
export function readCsv(source: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < source.length; ) {
    const field = fieldAt(source, at, delimiter);
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
