import type { TemplateOptions } from '../templater.js';

/** Delimiters and whitespace rules of one template, all set. */
export type Syntax = Required<Omit<TemplateOptions, never>> & {
  readonly lineStatement: string | undefined;
  readonly lineComment: string | undefined;
};

/** Jinja2's syntax as Ansible configures it: trim_blocks is on. */
export const DEFAULT_SYNTAX: Syntax = {
  trimBlocks: true,
  lstripBlocks: false,
  keepTrailingNewline: false,
  newlineSequence: '\n',
  blockStart: '{%',
  blockEnd: '%}',
  variableStart: '{{',
  variableEnd: '}}',
  commentStart: '{#',
  commentEnd: '#}',
  lineStatement: undefined,
  lineComment: undefined,
};

/** What a start tag begins. */
export type Kind = 'variable' | 'block' | 'comment' | 'line' | 'lineComment';

/** The patterns that one syntax needs to be cut into tokens. `root` finds the next tag in plain text. */
export type Patterns = {
  readonly root: RegExp;
  readonly order: readonly Kind[];
  readonly comment: RegExp;
  readonly raw: RegExp;
  readonly blockEnd: RegExp;
  readonly variableEnd: RegExp;
};

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The patterns of all start tags in the order in which they are tried: longer ones first. */
function startTags(syntax: Syntax): Map<Kind, string> {
  const tags: [Kind, string, string][] = [
    ['variable', syntax.variableStart, quote(syntax.variableStart)],
    ['comment', syntax.commentStart, quote(syntax.commentStart)],
    ['block', syntax.blockStart, quote(syntax.blockStart)],
  ];
  const { lineStatement, lineComment } = syntax;
  if (lineStatement) tags.push(['line', lineStatement, `^[ \\t\\v]*${quote(lineStatement)}`]);
  if (lineComment)
    tags.push(['lineComment', lineComment, `(?:^|(?<=\\S))[^\\S\\r\\n]*${quote(lineComment)}`]);
  tags.sort((a, b) => b[1].length - a[1].length);
  return new Map(tags.map(([kind, , pattern]) => [kind, pattern]));
}

const BUILT = new WeakMap<Syntax, Patterns>();

/** The patterns of a syntax, built once for each. */
export function patternsOf(syntax: Syntax): Patterns {
  const old = BUILT.get(syntax);
  if (old) return old;
  const built = build(syntax);
  BUILT.set(syntax, built);
  return built;
}

function build(syntax: Syntax): Patterns {
  const block = quote(syntax.blockStart);
  const end = quote(syntax.blockEnd);
  const trim = syntax.trimBlocks ? '\\n?' : '';
  const starts = startTags(syntax);
  const order = [...starts.keys()];
  const tags = [...starts.values()].map((start) => `(${start})`).join('|');
  const raw = `${block}([-+]?)\\s*raw\\s*(?:-${end}\\s*|${end})`;
  const comment = quote(syntax.commentEnd);
  const variable = quote(syntax.variableEnd);
  const closing = `(?:\\+${end}|-${end}\\s*|${end}${trim})`;
  return {
    root: new RegExp(`(?<raw>${raw})|(?:${tags})(?<sign>[-+]?)`, 'gm'),
    order,
    comment: new RegExp(`\\+${comment}|-${comment}\\s*|${comment}${trim}`, 'g'),
    raw: new RegExp(`${block}(?<sign>[-+]?)\\s*endraw\\s*${closing}`, 'g'),
    blockEnd: new RegExp(closing, 'y'),
    variableEnd: new RegExp(`-${variable}\\s*|${variable}`, 'y'),
  };
}
