import { createReadStream, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { FfeError } from '../errors/error.js';

/** Opens the terminal itself, so that asking works while standard input is a pipe. */
function terminal(): NodeJS.ReadableStream {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    if (process.stdin.readable) return process.stdin;
    return createReadStream('/dev/null');
  }
}

/** Asks a question on the terminal; a secret answer is not echoed. The question goes to standard error. */
export function ask(question: string, secret: boolean): Promise<string> {
  const input = terminal();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input,
    output: secret ? silent : process.stderr,
    terminal: 'isTTY' in input && input.isTTY === true,
  });
  process.stderr.write(`${question}: `);
  return new Promise((resolve, reject) => {
    reader.once('line', (line) => {
      reader.close();
      if (secret) process.stderr.write('\n');
      resolve(line);
    });
    reader.once('close', () => reject(new FfeError('usage', `no answer to '${question}'`)));
  });
}
