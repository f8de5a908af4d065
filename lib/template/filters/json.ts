import { markup } from '../../values/markup.js';
import { asIndex } from '../../values/number.js';
import { Bytes, type Value } from '../../values/value.js';
import { readJson } from '../json-read.js';
import { type JsonStyle, writeJson } from '../json-write.js';
import { type Filter, type Kwargs, TemplateError } from '../library.js';
import { asText, flag, items } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';

const KNOWN = [
  'indent',
  'sort_keys',
  'ensure_ascii',
  'separators',
  'skipkeys',
  'allow_nan',
  'check_circular',
];
const ANSIBLE = ['vault_to_text', 'preprocess_unsafe'];

const margin = (v: Value | undefined): string | undefined => {
  if (v === undefined || v === null) return undefined;
  return typeof v === 'string' ? v : ' '.repeat(Math.max(0, asIndex(v)));
};

function styleOf(kwargs: Kwargs, indent: string | undefined, fallback: JsonStyle): JsonStyle {
  for (const name of kwargs.keys())
    if (!KNOWN.includes(name) && !ANSIBLE.includes(name))
      throw new TemplateError(`JSON has no option '${name}'`);
  const separators = kwargs.get('separators');
  const [item, key] = separators === undefined || separators === null ? [] : items(separators);
  return {
    indent: kwargs.has('indent') ? margin(kwargs.get('indent')) : indent,
    sortKeys: flag(kwargs.get('sort_keys'), fallback.sortKeys),
    ensureAscii: flag(kwargs.get('ensure_ascii'), true),
    itemSeparator: item === undefined ? fallback.itemSeparator : asText(item),
    keySeparator: key === undefined ? fallback.keySeparator : asText(key),
  };
}

function none(name: string, args: readonly unknown[], allowed: number): void {
  if (args.length > allowed)
    throw new TemplateError(`${name} takes at most ${allowed} positional arguments, not ${args.length}`);
}

const toJson: Filter = (input, args, kwargs) => {
  none('to_json', args, 0);
  return writeJson(use(input), styleOf(kwargs, undefined, {}));
};

const toNiceJson: Filter = (input, args, kwargs) => {
  none('to_nice_json', args, 2);
  const indent = args[0] === undefined ? ' '.repeat(4) : margin(use(args[0]));
  const sortKeys = args[1] === undefined ? true : flag(use(args[1]));
  return writeJson(use(input), styleOf(kwargs, indent, { sortKeys, itemSeparator: ',', keySeparator: ': ' }));
};

const HTML: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', "'": '\\u0027' };

/** Filters that write and read JSON. */
export const jsonFilters: Record<string, Filter> = {
  to_json: toJson,
  to_nice_json: toNiceJson,
  from_json: filter('', (input) =>
    readJson(
      input instanceof Bytes ? Buffer.from(input.data).toString('utf8') : asText(input, 'a text of JSON'),
    ),
  ),
  tojson: filter('indent?', (input, [indent]) =>
    markup(
      writeJson(input, { sortKeys: true, indent: margin(indent) }).replace(/[<>&']/g, (ch) => HTML[ch]!),
    ),
  ),
};
