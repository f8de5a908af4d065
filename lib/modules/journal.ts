import type { JsonObject } from '../values/json.js';

/** What a module of several steps has changed so far, in words; `did` notes one more thing, but in check mode none. */
export type Journal = { readonly done: readonly string[]; readonly did: (what: string) => void };

/** A journal with nothing in it. */
export function journalOf(check: boolean): Journal {
  const done: string[] = [];
  return {
    done,
    did: (what) => {
      if (!check) done.push(what);
    },
  };
}

/** A failure's result with what was done before it, which is a change; any other result as it is. */
export function withDone<T extends JsonObject>(result: T, { done }: Pick<Journal, 'done'>): T {
  if ((!result.failed && !result.unreachable) || done.length === 0) return result;
  return { ...result, changed: true, done_before_failure: [...done] };
}

/** What an error that ended a module carries along. */
type Carrier = { doneBefore?: readonly string[] };

/** Has an error, such as a lost connection, carry what was done before it. */
export function carryDone(error: unknown, { done }: Journal): void {
  if (error instanceof Error) (error as Carrier).doneBefore = done;
}

/** What was done before an error. */
export function doneBefore(error: unknown): Pick<Journal, 'done'> {
  return { done: (error instanceof Error && (error as Carrier).doneBefore) || [] };
}
