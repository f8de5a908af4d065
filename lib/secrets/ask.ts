import { openSync } from 'node:fs';
import { Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { FfeError } from '../errors/error.js';

/** The terminal itself, so that asking works while standard input is a pipe; undefined where there is none. */
function terminal(): ReadStream | undefined {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return undefined;
  }
}

async function typed(input: ReadStream, secret: boolean): Promise<string | undefined> {
  const { createInterface } = await import('node:readline');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: secret ? silent : process.stderr, terminal: true });
  return new Promise<string | undefined>((resolve, reject) => {
    reader.once('line', resolve);
    reader.once('close', () => resolve(undefined));
    reader.once('SIGINT', () => reject(new DOMException('interrupted', 'AbortError')));
  }).finally(() => {
    reader.close();
    if (input !== process.stdin) input.destroy();
    if (secret) process.stderr.write('\n');
  });
}

/** The next line of a pipe; what comes behind it stays for the next question. */
function piped(input: NodeJS.ReadStream): Promise<string | undefined> {
  const parts: Buffer[] = [];
  return new Promise<string | undefined>((resolve, reject) => {
    const settle = (end: () => void): void => {
      input.off('readable', look).off('end', ended).off('error', reject);
      end();
    };
    const ended = (): void =>
      settle(() => resolve(parts.length === 0 ? undefined : Buffer.concat(parts).toString('utf8')));
    const look = (): void => {
      for (let part = input.read(); part !== null; part = input.read()) {
        const bytes = Buffer.from(part);
        const end = bytes.indexOf('\n');
        parts.push(end === -1 ? bytes : bytes.subarray(0, end));
        if (end === -1) continue;
        const line = Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
        settle(() => {
          if (end + 1 < bytes.length) input.unshift(bytes.subarray(end + 1));
          resolve(line);
        });
        return;
      }
    };
    if (input.readableEnded || input.destroyed) return resolve(undefined);
    input.on('readable', look).once('end', ended).once('error', reject);
  });
}

/**
 * Asks a question on the terminal, or else on standard input, line by line; a secret answer is not echoed. The question
 * goes to standard error. Throws code 'usage' when the input has ended, an AbortError for Ctrl-C.
 */
export async function ask(question: string, secret: boolean): Promise<string> {
  process.stderr.write(`${question}: `);
  const input = terminal();
  const answer = await (input ? typed(input, secret) : piped(process.stdin));
  if (answer !== undefined) return answer;
  throw new FfeError('usage', `no answer to '${question}'`, { hint: 'the input has ended' });
}

/** A line of standard input, be it a terminal or a pipe, after a prompt on standard output; undefined when it has ended. */
export function askLine(prompt: string): Promise<string | undefined> {
  process.stdout.write(prompt);
  return process.stdin.isTTY ? typed(process.stdin, false) : piped(process.stdin);
}
