import { resolvePlain, yamlStamp } from '../../yaml/scalar.js';

/** What libyaml's emitter finds out about a text before it decides how to write it. */
export type Analysis = {
  multiline: boolean;
  flowPlain: boolean;
  blockPlain: boolean;
  single: boolean;
  block: boolean;
};

const BREAK = /[\r\n\x85\u2028\u2029]/;

/** True for a character that YAML takes for the end of a line. */
export function isBreak(ch: string | undefined): boolean {
  return ch !== undefined && BREAK.test(ch);
}

/** True for a character that libyaml writes as it is; everything beyond the first plane is escaped. */
export function isPrintable(ch: string): boolean {
  const code = ch.codePointAt(0)!;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  return (code >= 0xa0 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
}

type Marks = { block: boolean; flow: boolean };

function indicators(chars: readonly string[]): Marks {
  const marks: Marks = { block: false, flow: false };
  const blank = (ch: string | undefined) => ch === undefined || ch === ' ' || ch === '\t' || isBreak(ch);
  for (const [i, ch] of chars.entries()) {
    const before = i === 0 || blank(chars[i - 1]);
    const after = blank(chars[i + 1]);
    if (i === 0 && '#,[]{}&*!|>\'"%@`'.includes(ch)) marks.flow = marks.block = true;
    else if (ch === ':' || (ch === '?' && i === 0)) {
      marks.flow = true;
      marks.block ||= after;
    } else if (i === 0 && ch === '-' && after) marks.flow = marks.block = true;
    else if (',?[]{}'.includes(ch)) marks.flow = true;
    else if (ch === '#' && before) marks.flow = marks.block = true;
  }
  return marks;
}

const EMPTY: Analysis = { multiline: false, flowPlain: false, blockPlain: true, single: true, block: false };

/** Finds the ways in which a text can be written (libyaml's yaml_emitter_analyze_scalar). */
export function analyze(chars: readonly string[]): Analysis {
  if (chars.length === 0) return EMPTY;
  const text = chars.join('');
  const marks = indicators(chars);
  const document = text.startsWith('---') || text.startsWith('...');
  const multiline = BREAK.test(text);
  const edges = /^[ \r\n\x85\u2028\u2029]|[ \r\n\x85\u2028\u2029]$/.test(text);
  const breakSpace = /[\r\n\x85\u2028\u2029] /.test(text);
  const broken = / [\r\n\x85\u2028\u2029]/.test(text) || !chars.every(isPrintable);
  const plain = !edges && !breakSpace && !broken && !multiline;
  return {
    multiline,
    flowPlain: plain && !marks.flow && !document,
    blockPlain: plain && !marks.block && !document,
    single: !breakSpace && !broken,
    block: !text.endsWith(' ') && !broken,
  };
}

/** True when an unquoted text would be read as something else than this text. */
export function readsOtherwise(text: string): boolean {
  return text === '<<' || text === '=' || resolvePlain(text) !== text || yamlStamp(text) !== undefined;
}
