import { type Analysis, isBreak, isPrintable } from './analyze.js';
import { indicator, type Output, put, putBreak, writeIndent } from './output.js';

function plainOrSingle(out: Output, chars: readonly string[], breaks: boolean, quoted: boolean): void {
  let spaces = false;
  let broken = false;
  for (const [i, ch] of chars.entries()) {
    if (ch === ' ') {
      const inside = !quoted || (i !== 0 && i !== chars.length - 1);
      if (breaks && !spaces && out.column > out.width && inside && chars[i + 1] !== ' ') writeIndent(out);
      else put(out, ch);
      spaces = true;
    } else if (isBreak(ch)) {
      if (!broken && ch === '\n') putBreak(out);
      putBreak(out, ch);
      out.indention = true;
      broken = true;
    } else {
      if (broken) writeIndent(out);
      put(out, quoted && ch === "'" ? "''" : ch);
      out.indention = false;
      spaces = broken = false;
    }
  }
  if (quoted && broken) writeIndent(out);
}

/** Writes a text without quotes. */
export function writePlain(out: Output, chars: readonly string[], breaks: boolean): void {
  if (!out.whitespace && (chars.length > 0 || out.flow > 0)) put(out, ' ');
  plainOrSingle(out, chars, breaks, false);
  out.whitespace = false;
  out.indention = false;
}

/** Writes a text in single quotes. */
export function writeSingle(out: Output, chars: readonly string[], breaks: boolean): void {
  indicator(out, "'", true);
  plainOrSingle(out, chars, breaks, true);
  indicator(out, "'", false);
  out.whitespace = false;
  out.indention = false;
}

const ESCAPES: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(ch: string): string {
  const short = ESCAPES[ch];
  if (short !== undefined) return `\\${short}`;
  const code = ch.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Writes a text in double quotes. */
export function writeDouble(out: Output, chars: readonly string[], breaks: boolean): void {
  indicator(out, '"', true);
  let spaces = false;
  for (const [i, ch] of chars.entries()) {
    if (!isPrintable(ch) || isBreak(ch) || ch === '"' || ch === '\\') {
      put(out, escaped(ch));
      spaces = false;
    } else if (ch === ' ') {
      if (breaks && !spaces && out.column > out.width && i !== 0 && i !== chars.length - 1) {
        writeIndent(out);
        if (chars[i + 1] === ' ') put(out, '\\');
      } else put(out, ch);
      spaces = true;
    } else {
      put(out, ch);
      spaces = false;
    }
  }
  indicator(out, '"', false);
  out.whitespace = false;
  out.indention = false;
}

function chomping(chars: readonly string[]): string {
  const last = chars.at(-1);
  if (last === undefined || !isBreak(last)) return '-';
  return chars.length === 1 || isBreak(chars.at(-2)) ? '+' : '';
}

/** Writes a text as a literal block (`|`). */
export function writeLiteral(out: Output, chars: readonly string[]): void {
  const hint = chars[0] === ' ' || isBreak(chars[0]) ? String(out.step) : '';
  indicator(out, `|${hint}${chomping(chars)}`, true);
  putBreak(out);
  out.indention = true;
  out.whitespace = true;
  let broken = true;
  for (const ch of chars) {
    if (isBreak(ch)) {
      putBreak(out, ch);
      out.indention = true;
      broken = true;
    } else {
      if (broken) writeIndent(out);
      put(out, ch);
      out.indention = false;
      broken = false;
    }
  }
}

/** The ways to write a scalar. */
export type Style = 'plain' | 'single' | 'double' | 'literal';

/** Chooses the nearest possible way to the wanted one (libyaml's yaml_emitter_select_scalar_style). */
export function chooseStyle(
  wanted: Style,
  a: Analysis,
  where: { flow: boolean; key: boolean; empty: boolean; plainReads: boolean },
): Style {
  let style = where.key && a.multiline ? 'double' : wanted;
  if (style === 'plain') {
    const allowed = where.flow ? a.flowPlain : a.blockPlain;
    if (!allowed || (where.empty && (where.flow || where.key)) || !where.plainReads) style = 'single';
  }
  if (style === 'single' && !a.single) style = 'double';
  if (style === 'literal' && (!a.block || where.flow || where.key)) style = 'double';
  return style;
}
