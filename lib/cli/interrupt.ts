/** Says when the operator has had enough. */
export type Interrupt = { readonly signal: AbortSignal; readonly done: () => void };

/** Ends the run when the operator presses Ctrl-C; a second one ends the program at once. */
export function interruptible(): Interrupt {
  const control = new AbortController();
  const first = (): void => {
    control.abort(new DOMException('interrupted', 'AbortError'));
    process.once('SIGINT', () => process.exit(99));
  };
  process.once('SIGINT', first);
  process.once('SIGTERM', first);
  const done = (): void => {
    process.off('SIGINT', first);
    process.off('SIGTERM', first);
  };
  return { signal: control.signal, done };
}
