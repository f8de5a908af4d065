import { formatValue } from '../../values/format.js';
import { iterate } from '../../values/iterate.js';
import { escaped, escapeHtml, isMarkup, markup } from '../../values/markup.js';
import { str } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import { type Special, stringOf } from '../../values/special.js';
import { Tuple, type Value } from '../../values/value.js';
import { stripTags, unescapeHtml } from '../entities.js';
import { bind, type Method, type Methods } from './bind.js';
import { formatFields } from './format.js';

/** Methods whose text is safe again, because they escape what they are given. */
const ESCAPING = new Set(
  'capitalize title lower upper replace ljust rjust lstrip rstrip center strip translate expandtabs swapcase zfill'.split(
    ' ',
  ),
);
const CUTTING = new Set(['split', 'rsplit', 'splitlines']);
const PARTING = new Set(['partition', 'rpartition']);

const textOf = (self: Special): string => self.face.string!;
const safely = (v: Value): Value => (stringOf(v) === undefined ? v : str(escaped(v)));

function mark(v: Value): Value {
  if (typeof v === 'string') return markup(v);
  if (v instanceof Tuple) return new Tuple(v.items.map(mark));
  return Array.isArray(v) ? v.map(mark) : v;
}

function wrapped(name: string, method: Method<string>): Method<Special> {
  const escapes = ESCAPING.has(name) || PARTING.has(name);
  const marks = escapes || CUTTING.has(name);
  return (self, args, kwargs) => {
    const given = escapes ? args.map(safely) : args;
    const result = method(textOf(self), given, kwargs);
    return marks ? mark(result) : result;
  };
}

function field(v: Value, spec: string): string {
  if (!isMarkup(v)) return escapeHtml(formatValue(v, spec));
  if (spec !== '')
    throw new ValueProblem('text that is safe in HTML takes no format specification', 'ValueError');
  return str(v);
}

const OWN: readonly (readonly [string, Method<Special>])[] = [
  ['format', (self, args, kwargs) => markup(formatFields(textOf(self), args, kwargs, field))],
  [
    'join',
    (self, args) => {
      const [items] = bind('join', 'iterable', args, new Map());
      return markup(Array.from(iterate(items!), (item) => str(escaped(item))).join(textOf(self)));
    },
  ],
  ['unescape', (self) => unescapeHtml(textOf(self))],
  ['striptags', (self) => stripTags(textOf(self))],
  ['escape', (_self, args) => escaped(bind('escape', 's', args, new Map())[0]!)],
];

/** The methods of MarkupSafe's Markup: those of a string, whose results are safe where their arguments were escaped. */
export function markupMethods(ofText: Methods<string>): Methods<Special> {
  const all = Array.from(ofText, ([name, method]) => [name, wrapped(name, method)] as const);
  return new Map([...all, ...OWN]);
}
