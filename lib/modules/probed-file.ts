import type { Expect } from '../node/actions/action.js';
import type { PathAnswer } from '../node/queries/query.js';

/** What a file must still be when its new content is swapped in: what it was when it was probed. */
export function probed(answer: PathAnswer | undefined): Expect {
  if (!answer?.exists) return { state: 'absent' };
  return { state: 'file', ino: answer.ino, size: answer.size, mtime: answer.mtime };
}

/** A file's content as text; undefined when it was not read or is not UTF-8. */
export function textOf(answer: PathAnswer | undefined): string | undefined {
  if (!answer?.exists || answer.content === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(answer.content);
  } catch {
    return undefined;
  }
}
