const SPACE = /\s/;

/** One character of a scalar's source: how many columns it takes, and how many visible characters it stands for. */
type Step = { readonly width: number; readonly visible: number };

function escapeStep(source: string, at: number): Step {
  const ch = source[at + 1] ?? '';
  const digits = ch === 'x' ? 2 : ch === 'u' ? 4 : ch === 'U' ? 8 : 0;
  if (digits) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    const text = code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    return { width: 2 + digits, visible: SPACE.test(text) ? 0 : text.length };
  }
  return { width: 2, visible: /[\s ntrvfNLP_]/.test(ch) ? 0 : 1 };
}

function plainStep(source: string, at: number): Step {
  return { width: 1, visible: SPACE.test(source[at]!) ? 0 : 1 };
}

function singleStep(source: string, at: number): Step {
  return source.startsWith("''", at) ? { width: 2, visible: 1 } : plainStep(source, at);
}

function doubleStep(source: string, at: number): Step {
  return source[at] === '\\' ? escapeStep(source, at) : plainStep(source, at);
}

/** Where a scalar's text begins, and how its characters are written. */
function openScalar(source: string, start: number): { at: number; step: typeof plainStep } {
  const first = source[start];
  if (first === '"') return { at: start + 1, step: doubleStep };
  if (first === "'") return { at: start + 1, step: singleStep };
  if (first === '|' || first === '>') {
    const end = source.indexOf('\n', start);
    return { at: end < 0 ? source.length : end + 1, step: plainStep };
  }
  return { at: start, step: plainStep };
}

function offsetIn(text: string, line: number, col: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  return Math.min(text.length, start + col - 1);
}

function countVisible(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (!SPACE.test(text[i]!)) count++;
  return count;
}

/**
 * The source offset of a character of a scalar's value. Folding, indentation and escapes only ever change white space,
 * so counting the visible characters before it is enough for every style.
 */
export function innerOffset(source: string, start: number, text: string, line: number, col: number): number {
  const target = offsetIn(text, line, col);
  let before = countVisible(text.slice(0, target));
  const blank = text[target] === undefined || SPACE.test(text[target]!);
  let { at, step } = openScalar(source, start);
  let last = at;
  while (at < source.length) {
    const { width, visible } = step(source, at);
    if (visible > 0 && before < visible) return blank ? last : at;
    if (before === 0 && blank && last > start && SPACE.test(source[at]!)) return at;
    before -= visible;
    at += width;
    if (visible > 0) last = at;
    if (before <= 0 && blank && visible > 0) return at;
  }
  return last;
}
