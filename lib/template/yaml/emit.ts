import { analyze } from './analyze.js';
import type { DictNode, ListNode, Node, ScalarNode } from './nodes.js';
import { deeper, indicator, type Output, put, writeIndent } from './output.js';
import { chooseStyle, writeDouble, writeLiteral, writePlain, writeSingle } from './scalar.js';

/** How the document as a whole is written; `width` is the column after which lines are folded. */
export type EmitOptions = { width: number; indent: number; explicitStart: boolean; explicitEnd: boolean };

type Place = { key: boolean; inDict: boolean };
type Emitter = { out: Output; anchors: Map<Node, string>; written: Set<Node> };

const LONGEST_KEY = 128;

function writeScalar(e: Emitter, node: ScalarNode, place: Place): void {
  const { out } = e;
  const chars = Array.from(node.text);
  const analysis = analyze(chars);
  const where = {
    flow: out.flow > 0,
    key: place.key,
    empty: chars.length === 0,
    plainReads: node.plainReads,
  };
  const style = chooseStyle(node.style, analysis, where);
  if (node.tag && style !== 'plain') indicator(out, node.tag, true);
  const before = deeper(out, true, false);
  if (style === 'plain') writePlain(out, chars, !place.key);
  else if (style === 'single') writeSingle(out, chars, !place.key);
  else if (style === 'double') writeDouble(out, chars, !place.key);
  else writeLiteral(out, chars);
  out.indent = before;
}

/** True for a key that fits before its colon. */
function isSimple(e: Emitter, node: Node): boolean {
  if (e.anchors.has(node) && e.written.has(node)) return true;
  if (node.kind === 'list') return node.items.length === 0;
  if (node.kind === 'dict') return node.entries.length === 0;
  return Buffer.byteLength(node.text) <= LONGEST_KEY && !analyze(Array.from(node.text)).multiline;
}

function flowList(e: Emitter, node: ListNode): void {
  const { out } = e;
  indicator(out, '[', true, true);
  const before = deeper(out, true, false);
  out.flow++;
  for (const [i, item] of node.items.entries()) {
    if (i > 0) indicator(out, ',', false);
    if (out.column > out.width) writeIndent(out);
    write(e, item, { key: false, inDict: false });
  }
  out.flow--;
  out.indent = before;
  indicator(out, ']', false);
}

function flowDict(e: Emitter, node: DictNode): void {
  const { out } = e;
  indicator(out, '{', true, true);
  const before = deeper(out, true, false);
  out.flow++;
  for (const [i, [key, value]] of node.entries.entries()) {
    if (i > 0) indicator(out, ',', false);
    if (out.column > out.width) writeIndent(out);
    const simple = isSimple(e, key);
    if (!simple) indicator(out, '?', true);
    write(e, key, { key: simple, inDict: true });
    if (!simple && out.column > out.width) writeIndent(out);
    indicator(out, ':', !simple);
    write(e, value, { key: false, inDict: true });
  }
  out.flow--;
  out.indent = before;
  indicator(out, '}', false);
}

function blockList(e: Emitter, node: ListNode, place: Place): void {
  const { out } = e;
  const before = deeper(out, false, place.inDict && !out.indention);
  for (const item of node.items) {
    writeIndent(out);
    indicator(out, '-', true, false, true);
    write(e, item, { key: false, inDict: false });
  }
  out.indent = before;
}

function blockDict(e: Emitter, node: DictNode): void {
  const { out } = e;
  const before = deeper(out, false, false);
  for (const [key, value] of node.entries) {
    writeIndent(out);
    const simple = isSimple(e, key);
    if (!simple) indicator(out, '?', true, false, true);
    write(e, key, { key: simple, inDict: true });
    if (!simple) writeIndent(out);
    indicator(out, ':', !simple, false, !simple);
    write(e, value, { key: false, inDict: true });
  }
  out.indent = before;
}

function writeAlias(e: Emitter, name: string, place: Place): void {
  indicator(e.out, `*${name}`, true);
  if (place.key) put(e.out, ' ');
}

function write(e: Emitter, node: Node, place: Place): void {
  const anchor = e.anchors.get(node);
  if (anchor !== undefined && e.written.has(node)) {
    writeAlias(e, anchor, place);
    return;
  }
  e.written.add(node);
  if (anchor !== undefined) indicator(e.out, `&${anchor}`, true);
  if (node.kind === 'scalar') writeScalar(e, node, place);
  else if (node.kind === 'list') {
    if (e.out.flow > 0 || node.flow || node.items.length === 0) flowList(e, node);
    else blockList(e, node, place);
  } else if (e.out.flow > 0 || node.flow || node.entries.length === 0) flowDict(e, node);
  else blockDict(e, node);
}

function childrenOf(node: Node): Node[] {
  if (node.kind === 'list') return node.items;
  return node.kind === 'dict' ? node.entries.flat() : [];
}

/** Names the nodes that occur more than once, in the order in which they are met again. */
function anchorsOf(root: Node): Map<Node, string> {
  const anchors = new Map<Node, string>();
  const met = new Set<Node>();
  const visit = (node: Node): void => {
    if (node.kind === 'scalar') return;
    if (met.has(node)) {
      if (!anchors.has(node)) anchors.set(node, `id${String(anchors.size + 1).padStart(3, '0')}`);
      return;
    }
    met.add(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return anchors;
}

/** Writes nodes as one YAML document, as PyYAML with libyaml does. */
export function emit(root: Node, options: EmitOptions): string {
  const step = options.indent >= 2 && options.indent <= 9 ? options.indent : 2;
  const width = options.width >= 0 && options.width <= step * 2 ? 80 : options.width;
  const out: Output = {
    text: '',
    column: 0,
    indent: -1,
    whitespace: true,
    indention: true,
    flow: 0,
    width: width < 0 ? Number.POSITIVE_INFINITY : width,
    step,
  };
  if (options.explicitStart) indicator(out, '---', true);
  write({ out, anchors: anchorsOf(root), written: new Set() }, root, { key: false, inDict: false });
  writeIndent(out);
  if (options.explicitEnd) {
    indicator(out, '...', true);
    writeIndent(out);
  }
  return out.text;
}
