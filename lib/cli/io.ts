/** Where a command line's output goes. `columns` is the width of a terminal, undefined where there is none. */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly columns?: number;
  readonly colour: boolean;
};

/** The process's own streams. */
export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  };
}
