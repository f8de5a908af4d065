/** Keys as they are pressed: `next` gives one character, undefined when the input has ended; `write` shows text. */
export type Keys = {
  readonly next: () => Promise<string | undefined>;
  readonly write: (text: string) => void;
};

/** The person at the terminal. While `typing` lasts, keys come one by one and are not shown; Ctrl-C is a key. */
export type Operator = { readonly typing: <T>(use: (keys: Keys) => Promise<T>) => Promise<T> };
