const SIMPLE: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  a: '\x07',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

const ESCAPE = /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|N\{[^}]*\}|[\s\S]?)/g;

function one(whole: string, code: string): string {
  const kind = code[0] ?? '';
  if (code.length > 1 && 'xuU'.includes(kind)) {
    const point = Number.parseInt(code.slice(1), 16);
    if (point > 0x10ffff) throw new Error(`${whole} is beyond the last Unicode character`);
    return String.fromCodePoint(point);
  }
  if ('xuUN'.includes(kind) && kind !== '') throw new Error(`incomplete escape ${whole} in a string`);
  if (/[0-7]/.test(kind)) return String.fromCharCode(Number.parseInt(code, 8));
  if (kind === '') throw new Error('a string ends in the middle of an escape');
  return SIMPLE[code] ?? whole;
}

/**
 * Python's escapes in a string literal's body: `\n`, `\x41`, `\u2603`, `\0` ...; an unknown one keeps its backslash.
 * Throws an Error for an incomplete escape.
 */
export function unescapeString(body: string): string {
  return body.includes('\\') ? body.replace(ESCAPE, one) : body;
}
