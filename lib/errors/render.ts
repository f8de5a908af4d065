import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Pos } from '../values/position.js';
import { FfeError, FfeErrors } from './error.js';

/** How to print: `cwd` shortens paths, `source` gives a file's text (default: from disk), `paint` colours. */
export type RenderOptions = {
  /** What an error begins with (default: `error:`). */
  label?: string;
  cwd?: string;
  source?: (file: string) => string | undefined;
  paint?: (kind: 'error' | 'place' | 'mark' | 'hint', text: string) => string;
  debug?: boolean;
};

function fromDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** `roles/x/tasks/main.yml:14:23`, below the working folder when it is. */
export function showPos(pos: Pos, cwd = process.cwd()): string {
  const short = relative(cwd, pos.file);
  return `${short.startsWith('..') || short === '' ? pos.file : short}:${pos.line}:${pos.col}`;
}

function excerpt(pos: Pos, span: number, options: RenderOptions): string[] {
  const line = (options.source ?? fromDisk)(pos.file)?.split(/\r?\n/)[pos.line - 1];
  if (line === undefined) return [];
  const paint = options.paint ?? ((_, t) => t);
  const gutter = String(pos.line);
  const room = Math.max(1, Math.min(span, Math.max(1, line.length - pos.col + 1)));
  const lead = line.slice(0, pos.col - 1).replace(/[^\t]/g, ' ');
  return [`${gutter} | ${line}`, `${' '.repeat(gutter.length)} | ${lead}${paint('mark', '^'.repeat(room))}`];
}

/** An error in the form of a compiler's: message, place, the line itself, hint, notes. */
export function renderError(error: unknown, options: RenderOptions = {}): string {
  const paint = options.paint ?? ((_, t) => t);
  if (error instanceof FfeErrors) return error.errors.map((e) => renderError(e, options)).join('\n\n');
  if (!(error instanceof FfeError)) return internal(error, options);
  const lines = [`${paint('error', options.label ?? 'error:')} ${error.message}`];
  if (error.pos) {
    lines.push(`  ${paint('place', '-->')} ${showPos(error.pos, options.cwd)}`);
    lines.push(...excerpt(error.pos, error.span ?? 1, options));
  }
  for (const note of error.notes) lines.push(`  ${note}`);
  if (error.hint) lines.push(`  ${paint('hint', 'hint:')} ${error.hint}`);
  if (options.debug && error.stack) lines.push(error.stack);
  return lines.join('\n');
}

function internal(error: unknown, options: RenderOptions): string {
  const text = error instanceof Error ? error.message : String(error);
  const stack = options.debug && error instanceof Error ? `\n${error.stack}` : '';
  return `error: internal error: ${text}${stack}\n  hint: this is a defect of ffe-provision; run again with --debug for the stack`;
}
