import type { Unit } from './runtime/state.js';
import type { Origin } from './templater.js';

/** A string of a playbook; `shift` columns of the first line were put in front of what the user wrote. */
export function stringUnit(origin: Origin | undefined, shift = 0): Unit {
  const pos = origin?.pos;
  return {
    name: pos?.file ?? '<string>',
    place(lineno, colno) {
      if (!pos) return undefined;
      if (lineno > 0) return { file: pos.file, line: pos.line + lineno, col: colno + 1 };
      return { file: pos.file, line: pos.line, col: pos.col + Math.max(0, colno - shift) };
    },
  };
}

/** A template file; `lines` were taken off its top. */
export function fileUnit(file: string, lines = 0): Unit {
  return {
    name: file,
    place: (lineno, colno) => ({ file, line: lineno + lines + 1, col: colno + 1 }),
  };
}
