/** The emitter's output and where it stands, as libyaml keeps it. */
export type Output = {
  text: string;
  column: number;
  indent: number;
  /** The last character was white space. */
  whitespace: boolean;
  /** Only white space and indicators were written on this line. */
  indention: boolean;
  flow: number;
  readonly width: number;
  readonly step: number;
};

/** Writes text that holds no line end. */
export function put(out: Output, text: string): void {
  out.text += text;
  out.column += text.length;
}

/** Ends the line. */
export function putBreak(out: Output, ch = '\n'): void {
  out.text += ch;
  out.column = 0;
}

/** Begins a line at the current indentation, unless it is there already. */
export function writeIndent(out: Output): void {
  const indent = Math.max(out.indent, 0);
  if (!out.indention || out.column > indent || (out.column === indent && !out.whitespace)) putBreak(out);
  if (out.column < indent) put(out, ' '.repeat(indent - out.column));
  out.whitespace = true;
  out.indention = true;
}

/** Writes an indicator such as `-`, with a space before it where one is needed. */
export function indicator(
  out: Output,
  text: string,
  space: boolean,
  isSpace = false,
  isIndent = false,
): void {
  if (space && !out.whitespace) put(out, ' ');
  put(out, text);
  out.whitespace = isSpace;
  out.indention &&= isIndent;
}

/** Goes one level in; `indentless` is a list directly below a key, which stays at the key's column. */
export function deeper(out: Output, flow: boolean, indentless: boolean): number {
  const before = out.indent;
  if (before < 0) out.indent = flow ? out.step : 0;
  else if (!indentless) out.indent += out.step;
  return before;
}
