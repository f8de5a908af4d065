import { FfeError } from '../errors/error.js';

/** A piece of a `key=value` line and its offset in it; `text` keeps quotes and the white space that joins it on. */
export type Piece = { readonly text: string; readonly offset: number };

const OPEN = ['{{', '{%', '{#'];
const CLOSE = ['}}', '%}', '#}'];

type Scan = { quote: string; depth: [number, number, number] };

function advance(scan: Scan, text: string, at: number): number {
  const ch = text[at]!;
  const pair = text.slice(at, at + 2);
  const opened = OPEN.indexOf(pair);
  const closed = CLOSE.indexOf(pair);
  if (opened >= 0 || closed >= 0) {
    const which = (opened >= 0 ? opened : closed) as 0 | 1 | 2;
    scan.depth[which] = Math.max(0, scan.depth[which] + (opened >= 0 ? 1 : -1));
    return 2;
  }
  if ((ch === '"' || ch === "'") && text[at - 1] !== '\\') {
    if (scan.quote === '') scan.quote = ch;
    else if (scan.quote === ch) scan.quote = '';
  }
  return 1;
}

/**
 * Splits a line of arguments at white space outside quotes and templates, as Ansible does. A backslash before a line
 * end joins lines. Throws an FfeError for a quote or template that is not closed.
 */
export function splitArgs(text: string): Piece[] {
  const pieces: { text: string; offset: number }[] = [];
  const scan: Scan = { quote: '', depth: [0, 0, 0] };
  let start = -1;
  let at = 0;
  const inside = () => scan.quote !== '' || scan.depth.some((n) => n > 0);
  const close = () => {
    if (start >= 0 && text.slice(start, at) !== '\\')
      pieces.push({ text: text.slice(start, at), offset: start });
    start = -1;
  };
  while (at < text.length) {
    if (!inside() && (text[at] === ' ' || text[at] === '\n')) {
      close();
      const last = pieces.at(-1);
      // Line ends and further spaces stay with the piece before them, so that free-form text keeps its shape.
      if (last && text[at] === '\n' && text[at - 1] !== '\\') last.text += '\n';
      else if (last && text[at] === ' ' && /[ ]/.test(text[at - 1] ?? '')) last.text += ' ';
      at++;
      continue;
    }
    if (start < 0) start = at;
    at += advance(scan, text, at);
  }
  close();
  if (inside()) throw new FfeError('parse', 'a quote or a template in these arguments is not closed');
  return pieces;
}

/** Puts pieces together again: a space between them, none after a line end. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.reduce(
    (all, { text }) => (all === '' || all.endsWith('\n') ? all + text : `${all} ${text}`),
    '',
  );
}

function unquote(text: string): string {
  const quote = text[0];
  if (text.length < 2 || (quote !== '"' && quote !== "'")) return text;
  return text.endsWith(quote) && text.at(-2) !== '\\' ? text.slice(1, -1) : text;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function decodeEscapes(text: string): string {
  return text.replace(
    /\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\\'"abfnrtv]))/g,
    (_, long?: string, short?: string, byte?: string, ch?: string) =>
      ch ? SIMPLE[ch]! : String.fromCodePoint(Number.parseInt((long ?? short ?? byte)!, 16)),
  );
}

function equalsAt(text: string): number {
  for (let i = text.indexOf('=', 1); i > 0; i = text.indexOf('=', i + 1)) if (text[i - 1] !== '\\') return i;
  return -1;
}

/** A parsed line: its `key=value` parts with the offsets of their values, and what is left over as free-form text. */
export type Parsed = {
  readonly pairs: readonly { readonly key: string; readonly value: string; readonly offset: number }[];
  readonly rest?: string;
};

/**
 * Parses a line of `key=value` arguments. With `only`, other keys belong to the free-form text. Throws an FfeError
 * for an open quote or template.
 */
export function parseKeyValue(text: string, only?: ReadonlySet<string>): Parsed {
  const pairs: { key: string; value: string; offset: number }[] = [];
  const rest: Piece[] = [];
  for (const piece of splitArgs(text)) {
    const decoded = decodeEscapes(piece.text);
    const split = equalsAt(decoded);
    const key = decoded.slice(0, split).trim();
    if (split < 0 && decoded.includes('\\=')) rest.push({ ...piece, text: decoded.replaceAll('\\=', '=') });
    else if (split < 0 || (only && !only.has(key))) rest.push(piece);
    else {
      const value = decoded.slice(split + 1).trim();
      const quoted = value !== unquote(value) ? 1 : 0;
      pairs.push({ key, value: unquote(value), offset: piece.offset + piece.text.indexOf('=') + 1 + quoted });
    }
  }
  return rest.length > 0 ? { pairs, rest: joinPieces(rest) } : { pairs };
}
