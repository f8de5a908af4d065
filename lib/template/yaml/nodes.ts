import { isFloat, isInt } from '../../values/number.js';
import { compare } from '../../values/order.js';
import { reprFloat, str } from '../../values/print.js';
import { Special } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import type { Undefined } from '../../values/undefined.js';
import { Bytes, type Dict, PyFloat, Tuple, type Value } from '../../values/value.js';
import { TemplateError } from '../library.js';
import { use } from '../runtime/undefined.js';
import { readsOtherwise } from './analyze.js';
import type { Style } from './scalar.js';

/** A scalar to write; `plainReads` tells that it keeps its type without quotes. */
export type ScalarNode = { kind: 'scalar'; text: string; style: Style; plainReads: boolean; tag?: string };

/** A list to write. */
export type ListNode = { kind: 'list'; items: Node[]; flow: boolean; anchor?: string };

/** A dict to write. */
export type DictNode = { kind: 'dict'; entries: [Node, Node][]; flow: boolean; anchor?: string };

/** What the emitter writes. The same list or dict twice is one node twice, and becomes an alias. */
export type Node = ScalarNode | ListNode | DictNode;

/** How to represent values: keys sorted or not, scalars quoted, containers in one line (always, never, only leaves). */
export type NodeOptions = { sortKeys: boolean; style: Style; flow: boolean | null };

type Builder = { options: NodeOptions; seen: Map<object, Node> };

function floatText(n: number): string {
  if (Number.isNaN(n)) return '.nan';
  if (!Number.isFinite(n)) return n > 0 ? '.inf' : '-.inf';
  const text = reprFloat(n);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

function scalarText(v: Value): string | undefined {
  if (v === null) return 'null';
  if (typeof v === 'boolean') return String(v);
  if (isInt(v)) return str(v);
  if (isFloat(v)) return floatText(v instanceof PyFloat ? v.value : v);
  return v instanceof Special && /^date/.test(v.kind) ? str(v) : undefined;
}

function binary(v: Bytes): ScalarNode {
  const lines =
    Buffer.from(v.data)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  const text = lines.map((line) => `${line}\n`).join('');
  return { kind: 'scalar', text, style: 'literal', plainReads: false, tag: '!!binary' };
}

function scalar(b: Builder, v: Value): ScalarNode | undefined {
  const { style } = b.options;
  if (typeof v === 'string') return { kind: 'scalar', text: v, style, plainReads: !readsOtherwise(v) };
  if (v instanceof Bytes) return binary(v);
  const text = scalarText(v);
  if (text === undefined) return undefined;
  // In quotes it would be read as text, which libyaml marks by a bare tag.
  return { kind: 'scalar', text, style, plainReads: true, ...(style === 'plain' ? {} : { tag: '!' }) };
}

function sorted(dict: Dict): [Value, Value][] {
  const entries = Array.from(dict);
  try {
    return entries.toSorted((x, y) => compare(x[0], y[0]));
  } catch {
    // Keys of kinds that have no order stay as they are, as PyYAML leaves them.
    return entries;
  }
}

const leaf = (node: Node): boolean => node.kind === 'scalar' && node.style === 'plain';

function listNode(b: Builder, v: Value[] | Tuple): Node {
  const node: ListNode = { kind: 'list', items: [], flow: false };
  const items = v instanceof Tuple ? v.items : v;
  if (items.length > 0 || Array.isArray(v)) b.seen.set(v, node);
  node.items = items.map((item) => build(b, item));
  node.flow = b.options.flow ?? node.items.every(leaf);
  return node;
}

function dictNode(b: Builder, v: Dict): Node {
  const node: DictNode = { kind: 'dict', entries: [], flow: false };
  b.seen.set(v, node);
  const entries = b.options.sortKeys ? sorted(v) : Array.from(v);
  node.entries = entries.map(([key, value]) => [build(b, key), build(b, value)]);
  node.flow = b.options.flow ?? node.entries.every((pair) => pair.every(leaf));
  return node;
}

function build(b: Builder, item: Value | Undefined): Node {
  const v = use(item);
  const plain = scalar(b, v);
  if (plain) return plain;
  const known = b.seen.get(v as object);
  if (known) return known;
  if (Array.isArray(v) || v instanceof Tuple) return listNode(b, v);
  if (v instanceof Map) return dictNode(b, v);
  throw new TemplateError(`a ${typeName(v)} cannot be written as YAML`);
}

/** The nodes of a value, ready to be written. */
export function nodesOf(v: Value, options: NodeOptions): Node {
  return build({ options, seen: new Map() }, v);
}
