import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { FfeError } from '../errors/error.js';
import { nearest } from '../errors/suggest.js';
import type { DateTime } from '../values/datetime.js';
import { assign, findKey } from '../values/equal.js';
import { str } from '../values/print.js';
import { Special } from '../values/special.js';
import type { Raw, Value } from '../values/value.js';
import { type Entries, markDict, markList } from './marks.js';
import { mergeInto } from './merge.js';
import { QUOTE_HINT, yamlError } from './problem.js';
import { resolvePlain, yamlDate } from './scalar.js';
import type { Source } from './source.js';
import { SCALAR_TAGS, taggedContainer, taggedScalar } from './tag.js';

/** Told of a key that is written twice; throws when that is not allowed. */
export type Twice = (key: string, offset: number) => void;

type Anchored = { readonly value: Raw; readonly weight: number };
type State = {
  readonly source: Source;
  readonly twice: Twice;
  readonly anchors: Map<string, Anchored | undefined>;
  /** Nodes so far as if every alias were written out. */
  weight: number;
  readonly limit: number;
  readonly date: ((d: DateTime) => Value) | undefined;
};

function fail(state: State, offset: number, message: string): FfeError {
  return yamlError(state.source, offset, message);
}

const startOf = (node: ParsedNode | null | undefined, otherwise: number): number =>
  node?.range?.[0] ?? otherwise;

function tagName(tag: string): string {
  return tag.replace('tag:yaml.org,2002:', '!!');
}

/** PyYAML invents no line end for a block scalar that the file's end cuts off; the package does. */
function scalarText(state: State, node: Scalar.Parsed): string {
  const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  const whole = state.source.text;
  const cut = node.type?.startsWith('BLOCK') && node.range[1] >= whole.length && !whole.endsWith('\n');
  return cut && text.endsWith('\n') ? text.slice(0, -1) : text;
}

function plainValue(state: State, text: string): Value {
  const date = state.date && /^\d{4}-/.test(text) ? yamlDate(text) : undefined;
  return date ? state.date!(date) : resolvePlain(text);
}

function scalarValue(state: State, node: Scalar.Parsed): Raw {
  const text = scalarText(state, node);
  if (!node.tag) return node.type === 'PLAIN' ? plainValue(state, text) : text;
  const tagged = taggedScalar(node.tag, text);
  if (typeof tagged === 'object') return tagged.value;
  const name = tagName(node.tag);
  if (tagged === 'bad') throw fail(state, node.range[0], `'${text}' is not a valid ${name}`);
  const near = nearest(name, SCALAR_TAGS);
  throw fail(state, node.range[0], `unknown tag '${name}'${near ? ` (did you mean '${near}'?)` : ''}`);
}

function aliasValue(state: State, node: Alias.Parsed): Raw {
  const found = state.anchors.get(node.source);
  if (!found) {
    const why = state.anchors.has(node.source) ? 'contains itself' : 'is not defined before';
    throw fail(state, node.range[0], `the anchor '&${node.source}' ${why}`);
  }
  state.weight += found.weight;
  if (state.weight > state.limit)
    throw fail(
      state,
      node.range[0],
      `aliases expand to more than ${state.limit} values; the file is refused`,
    );
  return found.value;
}

function listValue(state: State, node: YAMLSeq.Parsed): Raw {
  const offsets: number[] = [];
  const list = node.items.map((item) => {
    const start = startOf(isPair(item) ? undefined : item, node.range[0]);
    offsets.push(start);
    return isPair(item) ? pairDict(state, item, start) : construct(state, item);
  });
  return tagContainer(state, node, markList(list, state.source, node.range[0], offsets));
}

function pairDict(state: State, pair: unknown, start: number): Raw {
  const { key, value } = pair as { key: ParsedNode; value: ParsedNode | null };
  return new Map<Value, Raw>([[dictKey(state, key, start), value ? construct(state, value) : null]]);
}

function dictKey(state: State, node: ParsedNode | null, start: number): Value {
  const key = node ? construct(state, node) : null;
  if (typeof key !== 'object' || key === null) return key;
  if (key instanceof Special) return str(key);
  const offset = startOf(node, start);
  const error = fail(state, offset, 'a key must be a single value, and here stands a list or a dict');
  const bare = state.source.text.slice(Math.max(0, offset - 1), offset + 1) === '{{';
  throw bare ? Object.assign(error, { hint: QUOTE_HINT }) : error;
}

function dictValue(state: State, node: YAMLMap.Parsed): Raw {
  const dict = new Map<Value, Raw>();
  const entries: Entries = new Map();
  const merges: Raw[] = [];
  for (const { key: keyNode, value: valueNode } of node.items) {
    const keyStart = startOf(keyNode, node.range[0]);
    const key = dictKey(state, keyNode, keyStart);
    const value = valueNode ? construct(state, valueNode) : null;
    if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN') {
      const problem = checkMerge(value);
      if (problem) throw fail(state, startOf(valueNode, keyStart), problem);
      merges.push(value);
      continue;
    }
    if (findKey(dict, key) !== undefined) state.twice(str(key), keyStart);
    assign(dict, key, value);
    assign(entries, key, { key: keyStart, value: startOf(valueNode, keyStart) });
  }
  const whole = merges.length ? mergeInto(dict, entries, merges) : dict;
  return tagContainer(state, node, markDict(whole, state.source, node.range[0], entries));
}

function checkMerge(value: Raw): string | undefined {
  const dicts = Array.isArray(value) ? value : [value];
  return dicts.every((d) => d instanceof Map) ? undefined : "'<<' merges a dict or a list of dicts";
}

function tagContainer(state: State, node: YAMLMap.Parsed | YAMLSeq.Parsed, value: Raw): Raw {
  if (!node.tag) return value;
  const tagged = taggedContainer(node.tag, value);
  if (tagged !== undefined) return tagged;
  throw fail(state, node.range[0], `unknown tag '${tagName(node.tag)}'`);
}

function construct(state: State, node: ParsedNode): Raw {
  if (isAlias(node)) return aliasValue(state, node);
  const before = state.weight++;
  if (node.anchor) state.anchors.set(node.anchor, undefined);
  const value = isScalar(node)
    ? scalarValue(state, node)
    : isMap(node)
      ? dictValue(state, node)
      : isSeq(node)
        ? listValue(state, node)
        : null;
  if (node.anchor) state.anchors.set(node.anchor, { value, weight: state.weight - before });
  return value;
}

/** Turns a composed document into raw values with positions; dates are text unless `date` makes values of them. Throws an FfeError for what YAML 1.1 does not allow. */
export function constructRoot(
  node: ParsedNode,
  source: Source,
  twice: Twice,
  date?: (d: DateTime) => Value,
): Raw {
  const limit = 100_000 + 10 * source.text.length;
  return construct({ source, twice, anchors: new Map(), weight: 0, limit, date }, node);
}
