/** Resolves when everything written to a stream has left the process, or can never leave it. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => void stream.write('', () => done()));
}

/** Waits until the output of the process has been written. */
export async function flushed(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(drained));
}

/**
 * Whoever reads the output may go away (`| head`): no error then, and a run ends as it does on Ctrl-C, because nobody
 * would see how it goes on.
 */
export function endWhenUnread(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.once('error', () => {
    process.stdout.on('error', () => undefined);
    process.emit('SIGINT');
  });
}
