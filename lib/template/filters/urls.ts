import { repr } from '../../values/print.js';
import { truthy } from '../../values/truth.js';
import type { Dict, Value } from '../../values/value.js';
import { encode } from '../bytes.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, isSequence, items, text } from '../read.js';
import { filter } from '../signature.js';
import { portOf, splitUrl } from '../url.js';

function percent(s: string, safe: RegExp): string {
  return Array.from(encode(s), (byte) => {
    const ch = String.fromCharCode(byte);
    return safe.test(ch) ? ch : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

const inPath = (s: string): string => percent(s, /[\w.~/-]/);
const inQuery = (s: string): string => percent(s, /[\w.~ -]/).replaceAll(' ', '+');

function pairOf(v: Value): Value[] {
  const pair = items(v);
  if (pair.length === 2) return pair;
  throw new TemplateError(`urlencode needs pairs of key and value, not ${repr(v)}`);
}

function urlencode(v: Value): string {
  if (!(v instanceof Map) && !isSequence(v)) return inPath(text(v));
  const pairs = v instanceof Map ? Array.from(v) : items(v).map(pairOf);
  return pairs.map(([key, value]) => `${inQuery(text(key))}=${inQuery(text(value))}`).join('&');
}

function urldecode(s: string): string {
  return s
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

const urlsplit = filter('query? alias?', (input, [query = '']) => {
  const {
    fragment,
    hostname,
    netloc,
    password,
    path,
    port,
    query: search,
    scheme,
    username,
  } = splitUrl(asText(input));
  const parts: Dict = new Map<Value, Value>(
    Object.entries({
      fragment,
      hostname,
      netloc,
      password,
      path,
      port: portOf(port),
      query: search,
      scheme,
      username,
    }),
  );
  if (!truthy(query)) return parts;
  if (!parts.has(query)) throw new TemplateError(`urlsplit: unknown URL component: ${text(query)}`);
  return parts.get(query)!;
});

/** Filters on URLs. */
export const urlFilters: Record<string, Filter> = {
  urlencode: filter('', urlencode),
  urldecode: filter('encoding? errors?', (s) => urldecode(asText(s))),
  urlsplit,
};
