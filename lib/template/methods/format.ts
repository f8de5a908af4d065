import { formatValue } from '../../values/format.js';
import { asNumber } from '../../values/number.js';
import { ascii, repr, str } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import type { Keywords } from '../../values/special.js';
import { Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { getItem } from '../runtime/items.js';
import { type Item, use } from '../runtime/undefined.js';
import { bind, type Method } from './bind.js';

const FIELD = /\{\{|\}\}|\{((?:[^{}]|\{[^{}]*\})*)\}|[{}]/g;
const PARTS = /^([^.[!:]*)((?:\.[^.[!:]+|\[[^\]]*\])*)(?:!([rsa]))?(?::([\s\S]*))?$/;

const CONVERSIONS: Record<string, (v: Value) => string> = { s: str, r: repr, a: ascii };

type Source = {
  readonly args: readonly Value[];
  readonly named: Keywords;
  counter: number;
  mode: string;
  /** How a field is written into a text that is safe in HTML. */
  readonly write?: ((v: Value, spec: string) => string) | undefined;
};

function argument(source: Source, name: string): Value {
  const mode = name === '' ? 'automatic' : /^\d+$/.test(name) ? 'manual' : '';
  if (mode !== '' && source.mode !== '' && mode !== source.mode)
    throw new ValueProblem('cannot mix automatic and manual field numbering', 'ValueError');
  source.mode = mode || source.mode;
  const found =
    mode === '' ? source.named.get(name) : source.args[mode === 'manual' ? Number(name) : source.counter++];
  if (found !== undefined) return found;
  if (mode === '') throw new ValueProblem(repr(name), 'KeyError');
  throw new ValueProblem('Replacement index out of range for positional args tuple', 'IndexError');
}

function member(target: Value, path: string): Value {
  const isItem = path.startsWith('[');
  const name = isItem ? path.slice(1, -1) : path.slice(1);
  const key: Value = isItem && /^\d+$/.test(name) ? Number(name) : name;
  const found: Item | undefined = isItem
    ? getItem(target, key)
    : target instanceof Special
      ? target.face.attr?.(name)
      : undefined;
  if (found === undefined)
    throw new ValueProblem(`no such member: ${path}`, isItem ? 'KeyError' : 'AttributeError');
  return use(found);
}

function field(source: Source, body: string): string {
  const match = PARTS.exec(body);
  if (!match) throw new ValueProblem(`invalid replacement field {${body}}`, 'ValueError');
  const [, name = '', path = '', conversion, spec = ''] = match;
  let v = argument(source, name);
  for (const step of path.match(/\.[^.[]+|\[[^\]]*\]/g) ?? []) v = member(v, step);
  if (v instanceof Undefined) use(v);
  const inner = spec.includes('{') ? formatText(spec, source) : spec;
  const shown = conversion === undefined ? v : CONVERSIONS[conversion]!(v);
  return (source.write ?? formatValue)(shown, inner);
}

/** Python's str.format; `write` takes the place of its format() of one value. */
export function formatFields(
  text: string,
  args: readonly Value[],
  named: Keywords,
  write?: Source['write'],
): string {
  return formatText(text, { args, named, counter: 0, mode: '', write });
}

function formatText(text: string, source: Source): string {
  return text.replace(FIELD, (whole, body: string | undefined) => {
    if (whole === '{{' || whole === '}}') return whole[0]!;
    if (body === undefined)
      throw new ValueProblem(`Single '${whole}' encountered in format string`, 'ValueError');
    return field(source, body);
  });
}

/** Python's str.format and its kin. */
export const formatMethods: readonly (readonly [string, Method<string>])[] = [
  ['format', (self, args, kwargs) => formatFields(self, args, kwargs)],
  [
    'format_map',
    (self, args) => {
      const [mapping] = bind('format_map', 'mapping', args, new Map());
      if (!(mapping instanceof Map)) throw new ValueProblem('format_map() argument must be a mapping');
      return formatFields(self, [], mapping as unknown as Keywords);
    },
  ],
  [
    'translate',
    (self, args) => {
      const [table] = bind('translate', 'table', args, new Map());
      if (!(table instanceof Map)) throw new ValueProblem('translate() argument must be a mapping');
      return [...self]
        .map((ch) => {
          const to = table.get(ch.codePointAt(0)!);
          if (to === undefined) return ch;
          return to === null ? '' : typeof to === 'string' ? to : String.fromCodePoint(asNumber(to) ?? 0);
        })
        .join('');
    },
  ],
];
