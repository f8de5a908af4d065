import { TemplateError } from '../library.js';
import { type Flags, NO_FLAGS, PatternError } from './flags.js';
import { translate } from './translate.js';

/** One match: where it starts, and Python's groups with the whole match as number 0. */
export type Match = { index: number; groups: (string | undefined)[] };

/** A compiled pattern of Python's `re`. */
export type Pattern = {
  /** Number of groups, without the whole match. */
  readonly count: number;
  readonly names: ReadonlyMap<string, number>;
  search(text: string): Match | undefined;
  /** Matches at the start of the text only, or the text as a whole. */
  match(text: string, whole?: boolean): Match | undefined;
  all(text: string): Match[];
};

const LIMIT = 500;
const compiled = new Map<string, Pattern>();

function build(source: string, flags: Flags): Pattern {
  const t = translate(source, flags);
  const letters = t.ignoreCase ? 'vi' : 'v';
  const search = new RegExp(t.source, letters);
  const toMatch = (m: RegExpExecArray): Match => ({ index: m.index, groups: t.groups.map((n) => m[n]) });
  const run = (regex: RegExp, text: string) => {
    const m = regex.exec(text);
    return m ? toMatch(m) : undefined;
  };
  return {
    count: t.groups.length - 1,
    names: t.names,
    search: (text) => run(search, text),
    match: (text, whole) =>
      run(new RegExp(whole ? `(?:${t.source})(?![\\s\\S])` : t.source, `${letters}y`), text),
    all: (text) => Array.from(text.matchAll(new RegExp(t.source, `${letters}g`)), toMatch),
  };
}

function reason(error: unknown): string {
  return error instanceof PatternError || error instanceof SyntaxError ? error.message : String(error);
}

/** Compiles a pattern of Python's `re`, once per text and flags; a TemplateError says what is wrong with it. */
export function pattern(source: string, flags: Partial<Flags> = {}): Pattern {
  const all = { ...NO_FLAGS, ...flags };
  const key = `${all.i}${all.m}${all.s}${all.x}${all.a}:${source}`;
  const known = compiled.get(key);
  if (known) return known;
  try {
    const fresh = build(source, all);
    if (compiled.size >= LIMIT) compiled.clear();
    compiled.set(key, fresh);
    return fresh;
  } catch (error) {
    throw new TemplateError(`the regular expression '${source}' is not valid: ${reason(error)}`);
  }
}
