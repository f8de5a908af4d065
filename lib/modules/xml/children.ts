import type { Document, Element, Node } from '@xmldom/xmldom';
import type { Json, JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import { childrenOf, parseXml, removeChild, setText } from './document.js';
import type { Namespaces } from './select.js';
import { elementText } from './serialize.js';

const isDict = (value: Json): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A name of lxml's form, `{namespace}name`, in parts. */
function parts(name: string): { space: string | null; local: string } {
  const [, space, local] = /^\{([^}]*)\}(.*)$/s.exec(name) ?? [];
  return local === undefined ? { space: null, local: name } : { space: space!, local };
}

/** `prefix:name` with the prefix's namespace in braces. */
export function withNamespace(name: string, namespaces: Namespaces): string {
  const [prefix, local] = name.split(':');
  if (local === undefined) return name;
  const space = namespaces[prefix!];
  if (space === undefined)
    throw new StepError(`No namespace is given for the prefix ${prefix} in namespaces: ${name}`);
  return `{${space}}${local}`;
}

/** Makes an element to be put below another one, whose prefix for the namespace it takes. */
export function makeElement(above: Element, name: string): Element {
  const document = above.ownerDocument!;
  const { space, local } = parts(name);
  try {
    if (!space) return document.createElementNS(null, local);
    if (above.lookupNamespaceURI('') === space) return document.createElementNS(space, local);
    const known = above.lookupPrefix(space);
    const element = document.createElementNS(space, `${known ?? 'ns0'}:${local}`);
    if (!known) element.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:ns0', space);
    return element;
  } catch {
    throw new StepError(`Invalid tag name '${name}'`);
  }
}

/** Sets an attribute; its name may have a namespace in braces. */
export function setAttribute(element: Element, name: string, value: string): void {
  const { space, local } = parts(name);
  if (!space) {
    element.setAttribute(local, value);
    return;
  }
  const known = element.lookupPrefix(space);
  if (!known) element.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:ns0', space);
  element.setAttributeNS(space, `${known ?? 'ns0'}:${local}`, value);
}

function fromDict(above: Element, child: JsonObject): Element {
  const [first, ...more] = Object.entries(child);
  if (!first || more.length > 0) throw new StepError('Can only create children from hashes with one key');
  const [name, value] = first;
  const element = makeElement(above, name);
  if (value !== undefined && isDict(value)) {
    const { _: below, ...attributes } = value;
    for (const [key, text] of Object.entries(attributes)) setAttribute(element, key, String(text));
    if (below !== undefined && below !== null && !Array.isArray(below))
      throw new StepError(`Invalid children type: ${typeof below}, must be list.`);
    for (const one of below ?? []) element.appendChild(fromYaml(element, one));
  } else if (value !== null && value !== undefined && value !== '') setText(element, String(value));
  return element;
}

function fromYaml(above: Element, child: Json): Element {
  if (typeof child === 'string') return makeElement(above, child);
  if (isDict(child)) return fromDict(above, child);
  const type = child === null ? 'null' : Array.isArray(child) ? 'list' : typeof child;
  throw new StepError(`Invalid child type: ${type}. Children must be either strings or hashes.`);
}

function fromXml(document: Document, child: Json): Element {
  const own = parseXml(String(child), 'Error while parsing child element:');
  return document.importNode(own.documentElement!, true) as Element;
}

/** New elements to be put below `above`, from markup, or from names and dicts. */
export function newChildren(above: Element, children: readonly Json[], type: 'xml' | 'yaml'): Element[] {
  return children.map((child) =>
    type === 'xml' ? fromXml(above.ownerDocument!, child) : fromYaml(above, child),
  );
}

/** Puts others in the place of the children of an element, unless they are the same. */
export function replaceChildren(element: Element, fresh: readonly Element[]): void {
  const old = childrenOf(element);
  const text = (node: Node) => elementText(node as Element);
  if (old.length === fresh.length && old.every((child, i) => text(child) === text(fresh[i]!))) return;
  for (const child of old) removeChild(child);
  for (const child of fresh) element.appendChild(child);
}
