import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';
import { StepError } from '../steps.js';
import { isElement, isText } from './select.js';

/** The encoding that an XML declaration names (XML 1.0, 4.3.3), UTF-8 where it names none. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

/** The text of an XML file; a StepError when it is not of the encoding that it names. */
export function xmlText(bytes: Uint8Array, name: string): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new StepError(`Error while parsing document: ${name} (it is not encoded in ${encoding})`);
  }
}

/** Reads a document; a StepError, which begins with `what`, when it is not well-formed. */
export function parseXml(text: string, what: string): Document {
  try {
    const onError = (level: string, words: string) => {
      if (level !== 'warning') throw new Error(words);
    };
    const document = new DOMParser({ onError }).parseFromString(text.replace(/^\ufeff/, ''), 'text/xml');
    if (document.documentElement) return document;
    throw new Error('there is no element');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StepError(`${what} (${words.split('\n')[0]})`);
  }
}

const isBlank = (node: Node): boolean => node.nodeType === 3 && /^[ \t\r\n]*$/.test(node.nodeValue ?? '');

/** Takes away the space between elements, as libxml2 does: it stays beside text, and where it is all there is. */
export function removeBlanks(element: Element): void {
  const children = [...element.childNodes];
  const kept: Node[] = [];
  for (const [i, child] of children.entries()) {
    const alone = kept.length === 0 && i === children.length - 1;
    const besideText = isText(kept.at(-1)) || isText(kept[0]);
    const beforeText = isText(children[i + 1]);
    if (isBlank(child) && !alone && !besideText && !beforeText) element.removeChild(child);
    else kept.push(child);
    if (isElement(child)) removeBlanks(child);
  }
}

/** Makes text of the sections of CDATA. */
export function unwrapCdata(document: Document, node: Node): void {
  for (const child of [...node.childNodes])
    if (child.nodeType === 4) node.replaceChild(document.createTextNode(child.nodeValue ?? ''), child);
    else unwrapCdata(document, child);
}

/** The text before the first child that is none, as lxml's `text`; null when there is none. */
export function textOf(element: Element): string | null {
  const [first] = [...element.childNodes];
  if (!isText(first)) return null;
  let text = '';
  for (let node: Node | null = first ?? null; isText(node); node = node?.nextSibling ?? null)
    text += node?.nodeValue ?? '';
  return text;
}

/** Puts other text there. */
export function setText(element: Element, text: string): void {
  while (isText(element.firstChild)) element.removeChild(element.firstChild!);
  const node = element.ownerDocument!.createTextNode(text);
  element.insertBefore(node, element.firstChild);
}

/** Takes a child away with the text that follows it. */
export function removeChild(child: Node): void {
  const parent = child.parentNode!;
  while (isText(child.nextSibling)) parent.removeChild(child.nextSibling!);
  parent.removeChild(child);
}

/** The children that are no text. */
export function childrenOf(element: Element): Node[] {
  return [...element.childNodes].filter((child) => !isText(child));
}
