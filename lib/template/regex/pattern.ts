import { TemplateError } from '../library.js';
import { bounded } from './bounded.js';
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

const END = '(?![\\s\\S])';

function toMatch(m: RegExpExecArray, groups: readonly number[]): Match {
  return { index: m.index, groups: groups.map((n) => m[n]) };
}

/** Finds a match that begins right at a place and is not empty. */
function nonEmpty(source: string, flags: Flags): (text: string, at: number) => Match | undefined {
  const t = translate(source, flags, 1);
  // The rest of the text is kept in a group; when it is still the rest after the pattern, nothing was taken.
  const regex = new RegExp(`(?=([\\s\\S]*))(?:${t.source})(?!\\1${END})`, t.ignoreCase ? 'viy' : 'vy');
  return (text, at) => {
    regex.lastIndex = at;
    const m = regex.exec(text);
    return m ? toMatch(m, t.groups) : undefined;
  };
}

const step = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** All matches as Python finds them: after an empty one, one that is not empty may begin at the same place. */
function findAll(regex: RegExp, groups: readonly number[], advance: () => ReturnType<typeof nonEmpty>) {
  return (text: string): Match[] => {
    const found: Match[] = [];
    let at = 0;
    let empty = false;
    while (at <= text.length) {
      let match: Match | undefined = empty ? advance()(text, at) : undefined;
      if (!match) {
        regex.lastIndex = empty ? at + step(text, at) : at;
        const m = regex.lastIndex <= text.length ? regex.exec(text) : null;
        if (!m) break;
        match = toMatch(m, groups);
      }
      found.push(match);
      empty = match.groups[0] === '';
      at = match.index + match.groups[0]!.length;
    }
    return found;
  };
}

function build(source: string, flags: Flags): Pattern {
  const t = translate(source, flags);
  const letters = t.ignoreCase ? 'vi' : 'v';
  const run = (regex: RegExp, text: string) => {
    const m = regex.exec(text);
    return m ? toMatch(m, t.groups) : undefined;
  };
  const search = new RegExp(t.source, letters);
  const matcher = (pattern: string) =>
    bounded(source, (text) => run(new RegExp(pattern, `${letters}y`), text));
  const matchStart = matcher(t.source);
  const matchWhole = matcher(`(?:${t.source})${END}`);
  return {
    count: t.groups.length - 1,
    names: t.names,
    search: bounded(source, (text) => run(search, text)),
    match: (text, whole) => (whole ? matchWhole : matchStart)(text),
    all: bounded(
      source,
      findAll(new RegExp(t.source, `${letters}g`), t.groups, () => nonEmpty(source, flags)),
    ),
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
