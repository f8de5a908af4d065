import type { FfeError } from '../errors/error.js';

/** Requests that have been written and not answered. Only the first one runs, so only its time is counted. */
export type Pending = {
  /** `timeout` in seconds, counted from when the request comes to be the first. Returns what takes it off the list. */
  add(fail: (error: FfeError) => void, timeout: number | undefined): () => void;
  failAll(error: FfeError): void;
  readonly size: number;
};

/** `late` is called with the timeout of a request that has had its time. */
export function createPending(late: (seconds: number) => void): Pending {
  type One = { fail: (error: FfeError) => void; timeout: number | undefined; timer?: NodeJS.Timeout };
  const list: One[] = [];
  const arm = () => {
    const head = list[0];
    if (head?.timeout === undefined || head.timer !== undefined) return;
    head.timer = setTimeout(late, head.timeout * 1000, head.timeout);
  };
  return {
    add: (fail, timeout) => {
      const one: One = { fail, timeout };
      list.push(one);
      arm();
      return () => {
        clearTimeout(one.timer);
        const at = list.indexOf(one);
        if (at >= 0) list.splice(at, 1);
        arm();
      };
    },
    failAll: (error) => {
      for (const one of list.splice(0)) {
        clearTimeout(one.timer);
        one.fail(error);
      }
    },
    get size() {
      return list.length;
    },
  };
}
