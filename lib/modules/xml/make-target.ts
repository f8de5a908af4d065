import type { Document, Element } from '@xmldom/xmldom';
import { StepError } from '../steps.js';
import { makeElement, setAttribute, withNamespace } from './children.js';
import { setText } from './document.js';
import { givesElement, type Namespaces, type Start, selectElements } from './select.js';

const NAME = String.raw`[a-zA-Z-][\w.-]*(?::[a-zA-Z-][\w.-]*)?`;
const TEXT = `('.*'|".*")`;

/** What is to be made below, or of, the elements that `above` selects. */
type Wish =
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly text?: string;
      readonly also: readonly string[];
    }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string }
  | { readonly kind: 'text'; readonly value: string };

type Split = { readonly above: string; readonly wish: Wish };

const unquote = (text: string | undefined): string => text?.slice(1, -1) ?? '';

const FORMS: readonly (readonly [RegExp, (name: string, rest: string | undefined) => Wish])[] = [
  [new RegExp(`^(.*)/(${NAME})$`, 's'), (name) => ({ kind: 'element', name, also: [] })],
  [
    new RegExp(`^(.*)/(${NAME})/text\\(\\)=${TEXT}$`, 's'),
    (name, rest) => ({ kind: 'element', name, text: unquote(rest), also: [] }),
  ],
  [new RegExp(`^(.*)/@(${NAME})$`, 's'), (name) => ({ kind: 'attribute', name, value: '' })],
  [
    new RegExp(`^(.*)/@(${NAME})=${TEXT}$`, 's'),
    (name, rest) => ({ kind: 'attribute', name, value: unquote(rest) }),
  ],
  [
    new RegExp(`^(.*)/(${NAME})\\[(.*)\\]$`, 's'),
    (name, rest) => ({ kind: 'element', name, also: (rest ?? '').split(' and ').map((part) => part.trim()) }),
  ],
  [new RegExp(`^(.*)/text\\(\\)=()${TEXT}$`, 's'), (_, rest) => ({ kind: 'text', value: unquote(rest) })],
];

/** The last step of a simple expression, and what stands before it; undefined for any other. */
function split(expression: string): Split | undefined {
  const text = expression.trim();
  for (const [form, wish] of FORMS) {
    const [, above, name, rest] = form.exec(text) ?? [];
    if (above !== undefined) return { above, wish: wish(name ?? '', rest) };
  }
  return undefined;
}

function makeBelow(element: Element, wish: Extract<Wish, { kind: 'element' }>, namespaces: Namespaces): void {
  const child = makeElement(element, withNamespace(wish.name, namespaces));
  if (wish.text) setText(child, wish.text);
  element.appendChild(child);
  for (const part of wish.also) makeTarget(child, `./${part}`, namespaces);
}

function fulfil(element: Element, wish: Wish, namespaces: Namespaces): void {
  if (wish.kind === 'element') makeBelow(element, wish, namespaces);
  else if (wish.kind === 'text') setText(element, wish.value);
  else setAttribute(element, withNamespace(wish.name, namespaces), wish.value);
}

/**
 * Makes what a simple expression selects, and what is above it: `/a/b`, `/a/@b="c"`, `/a/b[@c="d" and e/text()="f"]`,
 * `/a/text()="b"`. A StepError for others.
 */
export function makeTarget(start: Start, expression: string, namespaces: Namespaces): void {
  const parts = split(expression);
  if (!parts || parts.above === '')
    throw new StepError(`Can't process Xpath ${expression} in order to spawn nodes!`);
  if (!givesElement(start, parts.above, namespaces)) makeTarget(start, parts.above, namespaces);
  for (const element of selectElements(start, parts.above, namespaces))
    fulfil(element, parts.wish, namespaces);
}

/** Makes it unless it is there. */
export function ensureTarget(document: Document, expression: string, namespaces: Namespaces): void {
  if (!givesElement(document, expression, namespaces)) makeTarget(document, expression, namespaces);
}
