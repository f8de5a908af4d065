import { splitLines } from '../edit/lines.js';

/** One line of a sources.list(5): `source` without doubled spaces; `valid` when it is a source at all. */
export type SourceLine = {
  readonly valid: boolean;
  readonly enabled: boolean;
  readonly source: string;
  readonly comment: string;
};

/** Reads a line; a source behind a # is one that is off. */
export function parseSource(text: string): SourceLine {
  const line = text.trim();
  const enabled = !line.startsWith('#');
  const rest = enabled ? line : line.slice(1);
  const at = rest.indexOf('#');
  const [body, comment] = at > 0 ? [rest.slice(0, at), rest.slice(at + 1).trim()] : [rest, ''];
  const words = body.trim().split(/\s+/);
  const valid = words[0] === 'deb' || words[0] === 'deb-src';
  return { valid, enabled, source: valid ? words.join(' ') : body.trim(), comment };
}

/** A file's lines. */
export function parseSources(text: string): SourceLine[] {
  return splitLines(text).map(parseSource);
}

/** The file's text again. */
export function renderSources(lines: readonly SourceLine[]): string {
  return lines
    .map((l) => `${l.enabled ? '' : '# '}${l.source}${l.comment ? ` # ${l.comment}` : ''}\n`)
    .join('');
}

/** The name of a source's own file: its URL without protocol, user and options, or the wished one. */
export function fileName(source: string, wished: string | undefined): string {
  if (wished !== undefined) return `${wished}.list`;
  const bare = source.replace(/\[[^\]]+\]/g, '').replace(/\w+:\/\//g, '');
  const [first = ''] = bare.split(/\s+/).filter((w) => w !== '' && w !== 'deb' && w !== 'deb-src');
  const url = first.includes('@') ? first.slice(first.indexOf('@') + 1) : first;
  return `${url
    .replace(/[^a-zA-Z0-9]/g, ' ')
    .trim()
    .split(/\s+/)
    .join('_')}.list`;
}
