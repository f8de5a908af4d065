/** Python's flags of a regular expression that change what it matches. */
export type Flags = { i: boolean; m: boolean; s: boolean; x: boolean; a: boolean };

/** No flag set: Python's default for text. */
export const NO_FLAGS: Flags = { i: false, m: false, s: false, x: false, a: false };

/** A translation under way: the Python source, the place in it, and what is known of its groups. */
export type State = {
  readonly source: readonly string[];
  at: number;
  flags: Flags;
  /** Whether the JavaScript expression as a whole ignores case. */
  readonly foldAll: boolean;
  /** The JavaScript number of each Python group; extra groups make the two differ. */
  readonly groups: number[];
  readonly names: Map<string, number>;
  /** How many JavaScript groups were opened so far. */
  opened: number;
};

/** A pattern that Python would refuse, or that JavaScript cannot express. */
export class PatternError extends Error {}

/** Stops with the reason and the place in the pattern. */
export function refuse(state: State, reason: string): never {
  throw new PatternError(`${reason} at position ${state.at}`);
}

/** The character `ahead` places on, or '' at the end. */
export function peek(state: State, ahead = 0): string {
  return state.source[state.at + ahead] ?? '';
}

/** Takes a text that must or may come next; tells whether it did. */
export function accept(state: State, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (peek(state, i) !== text[i]) return false;
  state.at += text.length;
  return true;
}

/** Takes everything up to a closing character, and that character. */
export function until(state: State, close: string): string {
  const end = state.source.indexOf(close, state.at);
  if (end < 0) refuse(state, `missing ${close}, unterminated name`);
  const text = state.source.slice(state.at, end).join('');
  state.at = end + 1;
  return text;
}
