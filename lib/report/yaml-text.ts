import { emit } from '../template/yaml/emit.js';
import { type Node, nodesOf } from '../template/yaml/nodes.js';
import { fromJson } from '../values/convert.js';
import type { JsonObject } from '../values/json.js';

/** How results are written as YAML. `lossy`: texts of several lines are made fit to be read as blocks. */
export type YamlForm = { readonly indent: number; readonly width: number; readonly lossy: boolean };

/** What YAML takes for the end of a line. */
const BREAK = /[\n\u0085\u2028\u2029]/;
/** What YAML writes in quotes only. */
const SPECIAL = /[^\n\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffe}]/gu;
const TAB = 8;

function withoutTabs(line: string): string {
  return line.replace(/([^\t]*)\t/g, (_, before: string) =>
    before.padEnd((Math.floor(before.length / TAB) + 1) * TAB),
  );
}

/** A text of several lines so that it can be a block: without tabs, blanks at ends, and what has to be escaped. */
function readable(text: string): string {
  const lines = text.trimEnd().split('\n').map(withoutTabs).join('\n');
  return lines.replace(SPECIAL, '').replace(/ +(?=[\n\u0085\u2028\u2029])/g, '');
}

function asBlocks(node: Node, lossy: boolean): Node {
  if (node.kind === 'list') node.items = node.items.map((item) => asBlocks(item, lossy));
  else if (node.kind === 'dict')
    node.entries = node.entries.map(([key, value]) => [asBlocks(key, lossy), asBlocks(value, lossy)]);
  else if (BREAK.test(node.text))
    return { ...node, style: 'literal', text: lossy ? readable(node.text) : node.text };
  return node;
}

/** A result as YAML, keys sorted, texts of several lines as blocks. */
export function yamlResult(result: JsonObject, { indent, width, lossy }: YamlForm): string {
  const node = nodesOf(fromJson(result), { sortKeys: true, style: 'plain', flow: false });
  return emit(asBlocks(node, lossy), { indent, width, explicitStart: false, explicitEnd: false });
}
