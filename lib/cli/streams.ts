/** Resolves when everything written to a stream has left the process, or can never leave it. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => void stream.write('', () => done()));
}

/** Waits until the output of the process has been written. */
export async function flushed(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(drained));
}

/**
 * Whoever reads the output may go away (`| head`): no error then, and a run ends as it does on the first Ctrl-C,
 * because nobody would see how it goes on. A disk that is full is told on stderr.
 */
export function endWhenUnread(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', () => undefined);
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') {
      process.stderr.write(`error: the output cannot be written: ${error.message}\n`);
      process.exitCode = 1;
    }
    process.emit('SIGTERM');
  });
}
