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

/** The patterns that one syntax needs to be cut into tokens. `root` finds the next tag in plain text. */
export type Patterns = {
  readonly root: RegExp;
  readonly order: readonly ('variable' | 'block' | 'comment')[];
  readonly comment: RegExp;
  readonly raw: RegExp;
  readonly blockEnd: RegExp;
  readonly variableEnd: RegExp;
};

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Builds the patterns of a syntax; longer start tags are tried first. */
export function patternsOf(syntax: Syntax): Patterns {
  const block = quote(syntax.blockStart);
  const end = quote(syntax.blockEnd);
  const trim = syntax.trimBlocks ? '\\n?' : '';
  const starts = { variable: syntax.variableStart, comment: syntax.commentStart, block: syntax.blockStart };
  const order = (['variable', 'comment', 'block'] as const).toSorted(
    (a, b) => starts[b].length - starts[a].length,
  );
  const tags = order.map((kind) => `(${quote(starts[kind])})`).join('|');
  const raw = `${block}([-+]?)\\s*raw\\s*(?:-${end}\\s*|${end})`;
  const comment = quote(syntax.commentEnd);
  const variable = quote(syntax.variableEnd);
  const closing = `(?:\\+${end}|-${end}\\s*|${end}${trim})`;
  return {
    root: new RegExp(`(?<raw>${raw})|(?:${tags})(?<sign>[-+]?)`, 'g'),
    order,
    comment: new RegExp(`\\+${comment}|-${comment}\\s*|${comment}${trim}`, 'g'),
    raw: new RegExp(`${block}(?<sign>[-+]?)\\s*endraw\\s*${closing}`, 'g'),
    blockEnd: new RegExp(closing, 'y'),
    variableEnd: new RegExp(`-${variable}\\s*|${variable}`, 'y'),
  };
}
