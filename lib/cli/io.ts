/** Where a command line's output goes. `columns` is the width of a terminal, undefined where there is none. */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Bytes to standard output, where they need not be text. */
  readonly bytes?: (data: Uint8Array) => void;
  readonly columns?: number;
  readonly colour: boolean;
};

/** The process's own streams. */
export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    bytes: (data) => void process.stdout.write(data),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  };
}
