import type { Pos } from '../values/position.js';

/** A file's text that turns offsets into lines and columns when it is asked to. */
export type Source = {
  readonly file: string;
  readonly text: string;
  readonly pos: (offset: number) => Pos;
};

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Wraps a text; the line starts are only searched for when the first position is wanted. */
export function sourceOf(text: string, file: string): Source {
  let starts: number[] | undefined;
  const pos = (offset: number): Pos => {
    starts ??= startsOf(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, col: offset - starts[low]! + 1 };
  };
  return { file, text, pos };
}
