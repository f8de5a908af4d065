import { writeJson } from '../../template/json-write.js';
import { emit } from '../../template/yaml/emit.js';
import { type Node, nodesOf } from '../../template/yaml/nodes.js';
import { type Raw, Sealed, Unsafe, type Value } from '../../values/value.js';

type Leaf = (tagged: Sealed | Unsafe) => Value;

/**
 * A value with its tagged leaves turned into what `leaf` makes of them. What is in several places stays one object, as
 * YAML then writes it once.
 */
export function mapTagged(raw: Raw, leaf: Leaf, known = new Map<object, Value>()): Value {
  if (raw instanceof Sealed || raw instanceof Unsafe) return leaf(raw);
  if (!Array.isArray(raw) && !(raw instanceof Map)) return raw;
  const before = known.get(raw);
  if (before !== undefined) return before;
  const inner = (item: Raw): Value => mapTagged(item, leaf, known);
  const made: Value = Array.isArray(raw)
    ? raw.map((item) => inner(item as Raw))
    : new Map([...raw].map(([key, value]) => [key, inner(value as Raw)]));
  known.set(raw, made);
  return made;
}

/** A value as JSON keeps it for Ansible: sealed and unsafe texts as dicts that say so. */
function taggedJson(raw: Raw): Value {
  return mapTagged(raw, (tagged) =>
    tagged instanceof Sealed
      ? new Map([['__ansible_vault', tagged.envelope]])
      : new Map([['__ansible_unsafe', tagged.text]]),
  );
}

/** A value as its text is printed: sealed ones stay sealed. */
export function shownValue(raw: Raw): Value {
  return mapTagged(raw, (tagged) => (tagged instanceof Sealed ? tagged.envelope : tagged.text));
}

/** JSON as ansible-inventory prints it: keys sorted, four blanks. */
export function jsonText(raw: Raw): string {
  return writeJson(taggedJson(raw), { indent: '    ', sortKeys: true, ensureAscii: false });
}

/** Puts `!vault` scalars where the marked texts are. */
function seal(node: Node, sealed: ReadonlyMap<string, string>): Node {
  if (node.kind === 'list') node.items = node.items.map((item) => seal(item, sealed));
  else if (node.kind === 'dict')
    node.entries = node.entries.map(([key, value]) => [key, seal(value, sealed)]);
  else if (sealed.has(node.text))
    return {
      kind: 'scalar',
      text: sealed.get(node.text)!,
      style: 'literal',
      plainReads: false,
      tag: '!vault',
    };
  return node;
}

/** YAML as ansible-inventory prints it: keys sorted, sealed texts as `!vault`. */
export function yamlText(raw: Raw): string {
  const sealed = new Map<string, string>();
  const value = mapTagged(raw, (tagged) => {
    if (tagged instanceof Unsafe) return tagged.text;
    const marker = `\u0000sealed ${sealed.size}`;
    sealed.set(marker, tagged.envelope);
    return marker;
  });
  const node = seal(nodesOf(value, { sortKeys: true, style: 'plain', flow: false }), sealed);
  return emit(node, { width: 80, indent: 2, explicitStart: false, explicitEnd: false });
}
