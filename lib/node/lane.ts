/** The bytes before a marker, and the digits that the marker carried. */
export type Frame = { readonly data: Buffer; readonly value: string };

/**
 * One byte stream cut into frames: each ends with a marker, a tag that nobody can guess, then a value, then `;`.
 * Bytes that no frame expects go to the sink, or are counted as strays.
 */
export type Lane = {
  feed(chunk: Buffer): void;
  /** Waits for the next frame; frames are expected in the order of the calls. */
  expect(tag: string): Promise<Frame>;
  /** Gives everything after the last expected frame to `sink`. */
  pass(sink: (chunk: Buffer) => void): void;
  /** What has come of the frame that is being waited for. */
  partial(): Buffer;
  /** Calls `listener` whenever the partial frame has grown. */
  watch(listener: () => void): void;
  /** Number of bytes that came while no frame was expected. */
  strays(): number;
};

// A tag, a value of at most 24 bytes, and the closing semicolon must fit into what is looked at twice.
const OVERLAP = 64;

type Wait = { readonly tag: Buffer; readonly done: (frame: Frame) => void };

type Found = { readonly end: number; readonly value: string; readonly next: number };

function find(hay: Buffer, tag: Buffer): Found | undefined {
  const end = hay.indexOf(tag);
  if (end < 0) return undefined;
  const close = hay.indexOf(0x3b, end + tag.length);
  if (close < 0) return undefined;
  return { end, value: hay.toString('latin1', end + tag.length, close), next: close + 1 };
}

/** A lane that holds nothing yet. */
export function createLane(): Lane {
  const waiting: Wait[] = [];
  let held: Buffer[] = [];
  let length = 0;
  let seam: Buffer = Buffer.alloc(0);
  let strays = 0;
  let sink: ((chunk: Buffer) => void) | undefined;
  let watcher: (() => void) | undefined;

  const excess = (chunk: Buffer) => {
    if (sink !== undefined) sink(chunk);
    else strays += chunk.length;
  };
  const keep = (chunk: Buffer, hay: Buffer) => {
    held.push(chunk);
    length += chunk.length;
    seam = hay.subarray(Math.max(0, hay.length - OVERLAP));
    watcher?.();
  };
  const feed = (chunk: Buffer): void => {
    let rest = chunk;
    while (rest.length > 0) {
      const wait = waiting[0];
      if (wait === undefined) {
        excess(rest);
        return;
      }
      const hay = seam.length === 0 ? rest : Buffer.concat([seam, rest]);
      const found = find(hay, wait.tag);
      if (found === undefined) {
        keep(rest, hay);
        return;
      }
      const data = Buffer.concat([...held, rest], length + rest.length);
      const end = length - seam.length + found.end;
      rest = hay.subarray(found.next);
      [held, length, seam] = [[], 0, Buffer.alloc(0)];
      waiting.shift();
      wait.done({ data: Buffer.from(data.subarray(0, end)), value: found.value });
    }
  };
  return {
    feed,
    expect: (tag) => new Promise((done) => waiting.push({ tag: Buffer.from(tag, 'latin1'), done })),
    pass: (to) => {
      sink = to;
    },
    partial: () => Buffer.concat(held),
    watch: (listener) => {
      watcher = listener;
    },
    strays: () => strays,
  };
}
