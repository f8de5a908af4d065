import { length } from './iterate.js';
import { reprString, str } from './print.js';
import { Special, stringOf } from './special.js';
import type { Value } from './value.js';

const ENTITY: Record<string, string> = { '&': '&amp;', '>': '&gt;', '<': '&lt;', "'": '&#39;', '"': '&#34;' };

/** Escapes the five characters that HTML treats apart, spelt as MarkupSafe spells them. */
export function escapeHtml(s: string): string {
  return s.replace(/[&<>'"]/g, (ch) => ENTITY[ch]!);
}

/** MarkupSafe's Markup: text that is safe in HTML, and escapes the text that is added to it. */
export function markup(text: string): Special {
  return new Special('Markup', {
    string: text,
    text: () => text,
    repr: () => `Markup(${reprString(text)})`,
    plain: () => text,
    truth: () => text !== '',
    iterate: () => text,
    size: () => length(text),
    equals: (other) => stringOf(other) === text,
    add: (other) => joinMarkup(text, other),
  });
}

/** True for text that is safe in HTML already. */
export function isMarkup(v: unknown): v is Special {
  return v instanceof Special && v.kind === 'Markup';
}

/** MarkupSafe's escape(): what is safe stays as it is, all else is printed and escaped. */
export function escaped(v: Value): Special {
  return isMarkup(v) ? v : markup(escapeHtml(str(v)));
}

function joinMarkup(text: string, other: Value): Special | undefined {
  return stringOf(other) === undefined ? undefined : markup(text + str(escaped(other)));
}
