/** Says when the operator has had enough. */
export type Interrupt = { readonly signal: AbortSignal; readonly done: () => void };

/** Whether anything of this process is on a terminal, which can be closed. */
function onTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}

/**
 * Ends the run when the operator presses Ctrl-C or closes the terminal; a second Ctrl-C ends the program at once. A run
 * that has no terminal goes on when one is closed: Node takes back what `nohup` has arranged (it resets every signal
 * when it starts), so that what is left to see of it is that nothing here is on the terminal.
 */
export function interruptible(): Interrupt {
  const control = new AbortController();
  const first = (): void => {
    control.abort(new DOMException('interrupted', 'AbortError'));
    process.once('SIGINT', () => process.exit(99));
  };
  const hungUp = (): void => {
    if (onTerminal()) control.abort(new DOMException('interrupted', 'AbortError'));
  };
  process.once('SIGINT', first);
  process.once('SIGTERM', first);
  process.on('SIGHUP', hungUp);
  const done = (): void => {
    process.off('SIGINT', first);
    process.off('SIGTERM', first);
    process.off('SIGHUP', hungUp);
  };
  return { signal: control.signal, done };
}
