import type { Value } from '../../values/value.js';
import type { Filter } from '../library.js';
import { asText, count, oneOf, text } from '../read.js';

import { use } from '../runtime/undefined.js';

type Style = { beginning?: string; decoration: string; end?: string };

const STYLES: Record<string, Style> = {
  plain: { decoration: '# ' },
  erlang: { decoration: '% ' },
  c: { decoration: '// ' },
  cblock: { beginning: '/*', decoration: ' * ', end: ' */' },
  xml: { beginning: '<!--', decoration: ' - ', end: '-->' },
};

function decorate(source: string, decoration: string, newline: string): string {
  const marked = decoration + source.replaceAll(newline, newline + decoration);
  // A line that holds nothing but the decoration loses its trailing spaces.
  return marked.replaceAll(decoration + newline, decoration.trimEnd() + newline);
}

function comment(source: string, style: Style, given: ReadonlyMap<string, Value>): string {
  const word = (name: string, fallback: string) => (given.has(name) ? text(given.get(name)) : fallback);
  const newline = word('newline', '\n');
  const decoration = word('decoration', style.decoration);
  const beginning = word('beginning', style.beginning ?? '');
  const prefix = word('prefix', decoration.trimEnd());
  const postfix = word('postfix', decoration.trimEnd());
  const end = word('end', style.end ?? '');
  const line = prefix === newline ? newline : prefix + newline;
  return [
    beginning && beginning + newline,
    prefix && line.repeat(Math.max(0, count(given.get('prefix_count'), 1))),
    decorate(source, decoration, newline),
    (newline + postfix).repeat(Math.max(0, count(given.get('postfix_count'), 1))),
    end && newline + end,
  ].join('');
}

const commentFilter: Filter = (input, args, kwargs) => {
  const style = oneOf(use(args[0] ?? kwargs.get('style') ?? 'plain'), Object.keys(STYLES), 'the style');
  return comment(asText(use(input)), STYLES[style]!, kwargs);
};

/** The filter that turns text into a comment; Ansible passes over options that it does not know. */
export const commentFilters: Record<string, Filter> = { comment: commentFilter };
