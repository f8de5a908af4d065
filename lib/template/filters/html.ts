import { reprString } from '../../values/print.js';
import { Undefined } from '../../values/undefined.js';
import { type Filter, TemplateError } from '../library.js';
import { asDict, asText, flag, text } from '../read.js';
import { filter } from '../signature.js';

const ENTITY: Record<string, string> = { '&': '&amp;', '>': '&gt;', '<': '&lt;', "'": '&#39;', '"': '&#34;' };

/** Escapes the five characters that HTML treats apart, spelt as markupsafe spells them. */
export function escapeHtml(s: string): string {
  return s.replace(/[&<>'"]/g, (ch) => ENTITY[ch]!);
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\xa0' };

function unescapeHtml(s: string): string {
  return s.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, dec, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(dec));
  });
}

/** Removes what matches; behind the last end mark nothing can, and looking there again and again takes long. */
function without(s: string, tags: RegExp, end: string): string {
  const at = s.lastIndexOf(end);
  return at < 0 ? s : s.slice(0, at + end.length).replace(tags, '') + s.slice(at + end.length);
}

function striptags(s: string): string {
  const bare = without(without(s, /<!--[\s\S]*?-->/g, '-->'), /<[^>]*>/g, '>');
  return unescapeHtml(bare.split(/\s+/).filter(Boolean).join(' '));
}

const xmlattr = filter('autospace?', (input, [autospace]) => {
  const parts: string[] = [];
  for (const [key, value] of asDict(input, 'xmlattr')) {
    if (value === null || (value as unknown) instanceof Undefined) continue;
    const name = asText(key, "an attribute's name");
    if (/[\s/>=]/.test(name))
      throw new TemplateError(`xmlattr: ${reprString(name)} cannot be the name of an attribute`);
    parts.push(`${escapeHtml(name)}="${escapeHtml(text(value))}"`);
  }
  const joined = parts.join(' ');
  return joined && flag(autospace, true) ? ` ${joined}` : joined;
});

const escapeFilter = filter('', (input) => escapeHtml(text(input)));

/** Filters for HTML and XML. */
export const htmlFilters: Record<string, Filter> = {
  e: escapeFilter,
  escape: escapeFilter,
  forceescape: escapeFilter,
  safe: filter('', (input) => text(input)),
  striptags: filter('', (input) => striptags(text(input))),
  xmlattr,
};
