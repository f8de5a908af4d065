import { assign } from '../../values/equal.js';
import { float, int } from '../../values/number.js';
import { Bytes, type Dict, Tuple, type Value } from '../../values/value.js';

// The grammar of Python's ast.literal_eval (docs.python.org/3/library/ast.html), as far as inventories use it.

/** Where reading has got to; `undefined` results mean that the text is no literal. */
type Reader = { readonly text: string; at: number };

const NUMBER =
  /(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][-+]?\d+)?|\d(?:_?\d)*\.?(?:[eE][-+]?\d+)?)/y;
const WORDS: readonly [string, Value][] = [
  ['True', true],
  ['False', false],
  ['None', null],
];
const STRING = /([rRbBuU]{0,2})('''|"""|'|")/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

function skip(r: Reader): void {
  const blank = /(?:\s|#[^\n]*)*/y;
  blank.lastIndex = r.at;
  r.at += blank.exec(r.text)?.[0].length ?? 0;
}

function take(r: Reader, text: string): boolean {
  if (!r.text.startsWith(text, r.at)) return false;
  r.at += text.length;
  skip(r);
  return true;
}

function match(r: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = r.at;
  const found = pattern.exec(r.text);
  if (found) r.at += found[0].length;
  return found;
}

function numberAt(r: Reader): Value | undefined {
  const found = match(r, NUMBER)?.[0];
  if (found === undefined || /[\w.]/.test(r.text[r.at] ?? '')) return undefined;
  skip(r);
  const plain = found.replaceAll('_', '');
  if (/^0[xXoObB]/.test(plain)) return int(BigInt(plain));
  if (/[.eE]/.test(plain)) return float(Number(plain));
  return /^0+[1-9]/.test(plain) ? undefined : int(BigInt(plain));
}

function unescaped(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, ch?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[ch!] ?? whole;
    },
  );
}

function stringAt(r: Reader): Value | undefined {
  const open = match(r, STRING);
  if (!open) return undefined;
  const [, prefix = '', quote = ''] = open;
  const start = r.at;
  while (!r.text.startsWith(quote, r.at)) {
    if (r.at >= r.text.length || (quote.length === 1 && r.text[r.at] === '\n')) return undefined;
    r.at += r.text[r.at] === '\\' ? 2 : 1;
  }
  const body = r.text.slice(start, r.at);
  r.at += quote.length;
  skip(r);
  const text = /r/i.test(prefix) ? body : unescaped(body);
  return /b/i.test(prefix) ? new Bytes(Buffer.from(text, 'latin1')) : text;
}

function strings(r: Reader): Value | undefined {
  let whole = stringAt(r);
  while (typeof whole === 'string' && /['"]/.test(r.text[r.at] ?? '')) {
    const next = stringAt(r);
    whole = typeof next === 'string' ? whole + next : undefined;
  }
  return whole;
}

function itemsUntil(r: Reader, close: string): { items: Value[]; comma: boolean } | undefined {
  const items: Value[] = [];
  let comma = false;
  while (!take(r, close)) {
    if (items.length > 0 && !comma) return undefined;
    const item = valueAt(r);
    if (item === undefined) return undefined;
    items.push(item);
    comma = take(r, ',');
  }
  return { items, comma };
}

function tupleAt(r: Reader): Value | undefined {
  const found = itemsUntil(r, ')');
  if (!found) return undefined;
  return found.items.length === 1 && !found.comma ? found.items[0] : new Tuple(found.items);
}

function dictAt(r: Reader): Value | undefined {
  const dict: Dict = new Map();
  const members: Value[] = [];
  for (let comma = true; !take(r, '}'); ) {
    if (!comma) return undefined;
    const key = valueAt(r);
    if (key === undefined) return undefined;
    if (take(r, ':')) {
      const value = valueAt(r);
      if (value === undefined) return undefined;
      assign(dict, key, value);
    } else members.push(key);
    comma = take(r, ',');
  }
  if (members.length > 0) return dict.size > 0 ? undefined : members;
  return dict;
}

function signed(r: Reader, sign: 1 | -1): Value | undefined {
  const value = numberAt(r);
  if (typeof value === 'bigint') return sign === 1 ? value : int(-value);
  if (typeof value === 'number') return sign === 1 || value === 0 ? value : -value;
  return value === undefined ? undefined : float(sign * Number((value as { value: number }).value));
}

function valueAt(r: Reader): Value | undefined {
  if (take(r, '[')) return itemsUntil(r, ']')?.items;
  if (take(r, '(')) return tupleAt(r);
  if (take(r, '{')) return dictAt(r);
  if (take(r, '-')) return signed(r, -1);
  if (take(r, '+')) return signed(r, 1);
  for (const [word, value] of WORDS)
    if (r.text.startsWith(word, r.at) && !/\w/.test(r.text[r.at + word.length] ?? '')) {
      take(r, word);
      return value;
    }
  return /[\d.]/.test(r.text[r.at] ?? '') ? numberAt(r) : strings(r);
}

/** The value of a Python literal, or the text itself when it is none: how INI inventories type their variables. */
export function literalOrText(text: string): Value {
  const r: Reader = { text, at: /^[ \t]*/.exec(text)![0].length };
  const value = valueAt(r);
  if (value === undefined) return text;
  if (r.at === text.length) return value;
  // A top-level comma makes a tuple: `1, 2`.
  if (r.text[r.at] !== ',') return text;
  take(r, ',');
  const items = [value];
  while (r.at < text.length) {
    const item = valueAt(r);
    if (item === undefined) return text;
    items.push(item);
    if (!take(r, ',') && r.at < text.length) return text;
  }
  return new Tuple(items);
}
