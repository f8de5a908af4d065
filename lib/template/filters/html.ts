import { escaped, escapeHtml, markup } from '../../values/markup.js';
import { reprString } from '../../values/print.js';
import { Undefined } from '../../values/undefined.js';
import { stripTags } from '../entities.js';
import { type Filter, TemplateError } from '../library.js';
import { asDict, asText, flag, text } from '../read.js';
import { filter, markupFilter } from '../signature.js';

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

const escapeFilter = markupFilter('', (input) => escaped(input));

/** Filters for HTML and XML. */
export const htmlFilters: Record<string, Filter> = {
  e: escapeFilter,
  escape: escapeFilter,
  forceescape: filter('', (input) => escaped(text(input))),
  safe: filter('', (input) => markup(text(input))),
  striptags: filter('', (input) => stripTags(text(input))),
  xmlattr,
};
