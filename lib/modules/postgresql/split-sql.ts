/** What is looked at as a whole when SQL is cut up (PostgreSQL's documentation, 4.1); a nested comment comes apart. */
const TOKEN =
  /(?<skip>--[^\n]*|\/\*(?:[^*/]|\*(?!\/)|\/(?!\*))*\*\/|\s+)|(?<text>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?<tag>[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$.*?\$\k<tag>\$)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<colons>::|:=)|./gsu;

type Part = { text: string; words: string[]; parens: number; blocks: number; empty: boolean };

const fresh = (): Part => ({ text: '', words: [], parens: 0, blocks: 0, empty: true });

/** Counts what keeps a semicolon from ending a statement: brackets, and BEGIN ATOMIC ... END of a routine. */
function follow(part: Part, token: string, word: string | undefined): void {
  if (token === '(') part.parens++;
  if (token === ')') part.parens--;
  if (word === undefined) return;
  const name = word.toLowerCase();
  const routine =
    part.words[0] === 'create' && part.words.slice(1, 4).some((w) => /^(function|procedure)$/.test(w));
  if (routine && (name === 'atomic' || (part.blocks > 0 && name === 'case'))) part.blocks++;
  if (part.blocks > 0 && name === 'end') part.blocks--;
  part.words.push(name);
}

/**
 * The statements of a text, without their semicolons, as psql can read them: a colon before a name would be a variable
 * of its own to it, so a space comes between. Throws on a backslash, which SQL does not have outside of texts.
 */
export function splitSql(sql: string): string[] {
  const parts = [fresh()];
  for (const { 0: token, groups } of sql.matchAll(TOKEN)) {
    const part = parts.at(-1)!;
    if (token === '\\') throw new RangeError('a backslash outside of a text is no SQL');
    if (token === ';' && part.parens <= 0 && part.blocks === 0) {
      parts.push(fresh());
      continue;
    }
    follow(part, token, groups!.word);
    part.text += token === ':' ? ': ' : token;
    if (groups!.skip === undefined) part.empty = false;
  }
  return parts.filter((p) => !p.empty).map((p) => p.text.trim());
}
