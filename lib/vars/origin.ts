import type { Origin } from '../template/templater.js';
import { posOf } from '../values/position.js';
import { textPos } from '../yaml/marks.js';

/**
 * Where the text under a key or index of a parsed container was written, for errors in it: any line and column of the
 * text can be found again, through quotes, escapes, indentation and folding.
 */
export function originOf(container: unknown, key: unknown): Origin {
  return {
    get pos() {
      return textPos(container, key, 1, 1) ?? posOf(container, key);
    },
    place: (line, col) => textPos(container, key, line, col),
  };
}
