import type { Document, Element, Node } from '@xmldom/xmldom';
import type { Json, JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import { newChildren, replaceChildren, setAttribute, withNamespace } from './children.js';
import { childrenOf, parseXml, removeBlanks, removeChild, setText, textOf, unwrapCdata } from './document.js';
import { ensureTarget } from './make-target.js';
import {
  clark,
  givesElement,
  isAttribute,
  isElement,
  isText,
  type Namespaces,
  pathOf,
  select,
  selectElements,
} from './select.js';
import { documentText, essence } from './serialize.js';
import type { XmlArgs } from './xml-args.js';

type Work = {
  readonly a: XmlArgs;
  readonly document: Document;
  readonly xpath: string;
  readonly namespaces: Namespaces;
};

/** What became of a document: its text, whether that is a change, and fields of the result. */
export type Edited = {
  readonly text: string;
  readonly changed: boolean;
  readonly fields: JsonObject;
  readonly diff?: { readonly before: string; readonly after: string };
};

function told({ a, document, xpath, namespaces }: Work): JsonObject | undefined {
  const nodes = () => select(document, xpath, namespaces);
  if (a.print_match) return { msg: `selector '${xpath}' match: ${listed(nodes().map(pathOf))}`, matches: [] };
  if (a.count) return { msg: `found ${nodes().length} nodes`, count: nodes().length };
  if (!a.content) return undefined;
  const elements = nodes().filter(isElement);
  if (elements.length === 0) throw new StepError(`Xpath ${xpath} does not reference a node!`);
  const matches = elements.map((element) => ({ [clark(element)]: contentOf(element, a.content!) }));
  return { msg: matches.length, count: matches.length, matches };
}

function listed(paths: readonly string[]): string {
  return `[${paths.map((path) => JSON.stringify(path)).join(', ')}]`;
}

function contentOf(element: Element, which: 'attribute' | 'text'): Json {
  if (which === 'text') return textOf(element);
  const own = [...element.attributes].filter(({ name }) => !/^xmlns(?:$|:)/.test(name));
  return Object.fromEntries(own.map((attribute) => [clark(attribute), attribute.value]));
}

function remove({ document, xpath, namespaces }: Work): void {
  for (const node of select(document, xpath, namespaces)) {
    if (isAttribute(node)) node.ownerElement!.removeAttributeNode(node);
    else if (isText(node)) node.parentNode!.removeChild(node);
    else if (isElement(node.parentNode)) removeChild(node);
    else throw new StepError(`Couldn't delete xpath target: ${xpath} (it is the document itself)`);
  }
}

function add({ a, document, xpath, namespaces }: Work): void {
  if (!givesElement(document, xpath, namespaces)) return;
  const targets = selectElements(document, xpath, namespaces);
  const make = (above: Element) => newChildren(above, a.add_children ?? [], a.input_type);
  if (!a.insertbefore && !a.insertafter) {
    for (const target of targets) for (const child of make(target)) target.appendChild(child);
    return;
  }
  const target = (a.insertbefore ? targets[0] : targets.at(-1))!;
  const parent = target.parentNode;
  if (!isElement(parent)) throw new StepError(`Elements cannot stand beside the outermost one: ${xpath}`);
  const siblings = childrenOf(parent);
  const behind: Node | null = siblings[siblings.indexOf(target) + (a.insertafter ? 1 : 0)] ?? null;
  for (const child of make(parent)) parent.insertBefore(child, behind);
}

function setValue({ a, document, xpath, namespaces }: Work): void {
  try {
    ensureTarget(document, xpath, namespaces);
  } catch (error) {
    const spaces = [...document.documentElement!.attributes].some(({ name }) => name.startsWith('xmlns'));
    const hint = spaces && !xpath.includes(':');
    const words = 'XML document has namespace(s) defined, but no namespace prefix(es) used in xpath!\n';
    const reason = error instanceof Error ? error.message : String(error);
    throw new StepError(`${hint ? words : ''}Xpath ${xpath} causes a failure: ${reason}`);
  }
  if (!givesElement(document, xpath, namespaces))
    throw new StepError(`Xpath ${xpath} does not reference a node!`);
  const value = String(a.value);
  for (const element of selectElements(document, xpath, namespaces))
    if (!a.attribute) {
      if (textOf(element) !== value) setText(element, value);
    } else setAttribute(element, withNamespace(String(a.attribute), namespaces), value);
}

function edit(work: Work): void {
  const { a, document, xpath, namespaces } = work;
  const given = (value: Json | undefined) => value !== undefined && value !== null;
  if (a.state === 'absent') remove(work);
  else if (a.set_children !== undefined)
    for (const element of selectElements(document, xpath, namespaces))
      replaceChildren(element, newChildren(element, a.set_children, a.input_type));
  else if (a.add_children?.length) add(work);
  else if (given(a.value)) setValue(work);
  else ensureTarget(document, xpath, namespaces);
}

/** Does to a document what the arguments say; a StepError where it cannot be done. */
export function editXml(a: XmlArgs, source: string): Edited {
  const name = a.path ?? 'xml_string';
  const read = () => {
    const document = parseXml(source, `Error while parsing document: ${name}`);
    if (a.pretty_print) removeBlanks(document.documentElement!);
    if (a.strip_cdata_tags) unwrapCdata(document, document.documentElement!);
    return document;
  };
  const document = read();
  const { xpath } = a;
  if (xpath === undefined) {
    if (!a.pretty_print) throw new StepError("Don't know what to do");
    const text = documentText(document, true);
    return { text, changed: text !== source, fields: {} };
  }
  const namespaces = Object.fromEntries(Object.entries(a.namespaces).map(([p, uri]) => [p, String(uri)]));
  // A wrong expression is told as such, whatever is to be done.
  select(document, xpath, namespaces);
  const work = { a, document, xpath, namespaces };
  const actions = { xpath, namespaces, state: a.state };
  const answer = told(work);
  if (answer)
    return { text: documentText(document, a.pretty_print), changed: false, fields: { actions, ...answer } };
  edit(work);
  const old = read();
  const changed = essence(old) !== essence(document);
  return {
    text: documentText(document, a.pretty_print),
    changed,
    fields: { actions },
    ...(changed && { diff: { before: documentText(old, true), after: documentText(document, true) } }),
  };
}
