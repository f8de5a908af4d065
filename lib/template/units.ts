import type { Unit } from './runtime/state.js';
import type { Origin } from './templater.js';

/**
 * A string of a playbook; `shift` columns of the first line were put in front of what the user wrote. The place is
 * only worked out when an error asks for it.
 */
export function stringUnit(origin: Origin | undefined, shift = 0): Unit {
  return new StringUnit(origin, shift);
}

/** One is made for every string that is rendered: an accessor of a class costs nothing then. */
class StringUnit implements Unit {
  constructor(
    private readonly origin: Origin | undefined,
    private readonly shift: number,
  ) {}
  get name(): string {
    return this.origin?.pos?.file ?? '<string>';
  }
  place(lineno: number, colno: number): ReturnType<Unit['place']> {
    const { origin, shift } = this;
    const col = Math.max(0, lineno > 0 ? colno : colno - shift);
    const exact = origin?.place?.(lineno + 1, col + 1);
    if (exact) return exact;
    const pos = origin?.pos;
    if (!pos) return undefined;
    if (lineno > 0) return { file: pos.file, line: pos.line + lineno, col: col + 1 };
    return { file: pos.file, line: pos.line, col: pos.col + col };
  }
}

/** A template file; `lines` were taken off its top. */
export function fileUnit(file: string, lines = 0): Unit {
  return {
    name: file,
    place: (lineno, colno) => ({ file, line: lineno + lines + 1, col: colno + 1 }),
  };
}
