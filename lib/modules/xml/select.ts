import type { Attr, Document, Element, Node } from '@xmldom/xmldom';
import { StepError } from '../steps.js';
import { parse } from './xpath.cjs';

/** Prefixes of an expression with their namespaces. */
export type Namespaces = Readonly<Record<string, string>>;

/** A document or an element that an expression starts from. */
export type Start = Document | Element;

/** The nodes that an expression gives, in the order of the document; a StepError for a wrong one. */
export function select(start: Start, expression: string, namespaces: Namespaces): Node[] {
  try {
    const value = parse(expression).evaluate({ node: start, namespaces });
    return (value.toArray?.() ?? []) as Node[];
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StepError(`Syntax error in xpath expression: ${expression} (${words})`);
  }
}

/** Whether a node is an element. */
export function isElement(node: Node | null | undefined): node is Element {
  return node?.nodeType === 1;
}

/** Whether a node is an attribute. */
export function isAttribute(node: Node | undefined): node is Attr {
  return node?.nodeType === 2;
}

/** Whether a node is text or a section of CDATA. */
export function isText(node: Node | null | undefined): boolean {
  return node?.nodeType === 3 || node?.nodeType === 4;
}

/** The elements that an expression gives. */
export function selectElements(start: Start, expression: string, namespaces: Namespaces): Element[] {
  return select(start, expression, namespaces).filter(isElement);
}

/** Whether the first thing that an expression gives is an element. */
export function givesElement(start: Start, expression: string, namespaces: Namespaces): boolean {
  return isElement(select(start, expression, namespaces)[0]);
}

function sameName(a: Element, b: Element): boolean {
  // A name without a prefix that is in a namespace has no name in a path.
  const nameless = a.namespaceURI && !a.prefix;
  return nameless ? true : a.nodeName === b.nodeName;
}

function stepOf(element: Element): string {
  const all = [...(element.parentNode?.childNodes ?? [])].filter(isElement);
  const same = all.filter((other) => sameName(element, other));
  const name = element.namespaceURI && !element.prefix ? '*' : element.nodeName;
  return same.length > 1 ? `${name}[${same.indexOf(element) + 1}]` : name;
}

/** The path of an element or attribute from the root, with numbers where a name occurs several times. */
export function pathOf(node: Node): string {
  if (isAttribute(node)) return `${pathOf(node.ownerElement!)}/@${node.nodeName}`;
  if (isText(node)) return `${pathOf(node.parentNode!)}/text()`;
  if (!isElement(node)) return '';
  return `${node.parentNode ? pathOf(node.parentNode) : ''}/${stepOf(node)}`;
}

/** A name with its namespace in braces, as lxml has it. */
export function clark(node: Element | Attr): string {
  return node.namespaceURI ? `{${node.namespaceURI}}${node.localName}` : node.nodeName;
}
