import type { Attr, Document, Element, Node } from '@xmldom/xmldom';
import { removeBlanks } from './document.js';
import { isElement, isText } from './select.js';

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
}

const ATTRIBUTE: Readonly<Record<string, string>> = { '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/["\n\t]/g, (c) => ATTRIBUTE[c]!);
}

const isNamespace = ({ name }: Attr): boolean => name === 'xmlns' || name.startsWith('xmlns:');

function openTag(element: Element): string {
  const all = [...element.attributes];
  const ordered = [...all.filter(isNamespace), ...all.filter((a) => !isNamespace(a))];
  return [element.nodeName, ...ordered.map((a) => `${a.name}="${escapeAttribute(a.value)}"`)].join(' ');
}

/** Markup of a node; `indent` undefined: as it is, else one child a line where no text stands beside it. */
function markup(node: Node, indent: string | undefined): string {
  if (node.nodeType === 3) return escapeText(node.nodeValue ?? '');
  if (node.nodeType === 4) return `<![CDATA[${node.nodeValue}]]>`;
  if (node.nodeType === 8) return `<!--${node.nodeValue}-->`;
  if (node.nodeType === 7) return `<?${node.nodeName}${node.nodeValue ? ` ${node.nodeValue}` : ''}?>`;
  if (node.nodeType === 5) return `&${node.nodeName};`;
  if (!isElement(node)) return '';
  const children = [...node.childNodes].filter((child) => !isText(child) || child.nodeValue !== '');
  if (children.length === 0) return `<${openTag(node)}/>`;
  const lines = indent !== undefined && !children.some((child) => isText(child) || child.nodeType === 5);
  const [before, after] = lines ? [`\n${indent}  `, `\n${indent}`] : ['', ''];
  const inner = children.map((child) => before + markup(child, lines ? `${indent}  ` : undefined)).join('');
  return `<${openTag(node)}>${inner}${after}</${node.nodeName}>`;
}

function doctype(document: Document): string {
  const { doctype: type } = document;
  if (!type) return '';
  const system = type.systemId ? ` ${quoted(type.systemId)}` : '';
  const id = type.publicId ? ` PUBLIC ${quoted(type.publicId)}${system}` : system && ` SYSTEM${system}`;
  const inside = type.internalSubset ? ` [${type.internalSubset}]` : '';
  return `<!DOCTYPE ${type.name}${id}${inside}>\n`;
}

// xmldom keeps the quotes of identifiers.
function quoted(id: string): string {
  return /^["']/.test(id) ? id : `"${id}"`;
}

/** An element's markup without what surrounds it. */
export function elementText(element: Element): string {
  return markup(element, undefined);
}

/** A document as lxml writes it: a declaration, the kind of the document, and the nodes as they are or indented. */
export function documentText(document: Document, pretty: boolean): string {
  const nodes = [...document.childNodes].filter(
    (node) => isElement(node) || node.nodeType === 8 || (node.nodeType === 7 && node.nodeName !== 'xml'),
  );
  const texts = nodes.map((node) => markup(node, pretty ? '' : undefined) + (pretty ? '\n' : ''));
  return `<?xml version='1.0' encoding='UTF-8'?>\n${doctype(document)}${texts.join('')}`;
}

/** What two documents are compared by: markup without the space between elements. */
export function essence(document: Document): string {
  const root = document.documentElement!.cloneNode(true) as Element;
  removeBlanks(root);
  return markup(root, undefined);
}
