import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { library } from '../template/builtin.js';
import { createTemplater } from '../template/create.js';
import { answerLine } from '../vars/answer.js';

const NEWLINE = 10;

/** The lines of a stream of bytes. A long line's pieces are put together once, when its end has come. */
async function* linesOf(input: Readable): AsyncIterable<string[]> {
  let pieces: Buffer[] = [];
  for await (const part of input) {
    const chunk: Buffer = typeof part === 'string' ? Buffer.from(part) : part;
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(Buffer.concat([...pieces, chunk.subarray(start, end)]).toString('utf8'));
      pieces = [];
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    yield lines;
  }
  yield [Buffer.concat(pieces).toString('utf8')];
}

/** Answers every line of `input` that is not blank by a line of `output`; ends when the input does. */
export async function answerLines(input: Readable, output: Writable): Promise<void> {
  const templater = createTemplater(library);
  for await (const lines of linesOf(input)) {
    const answers = lines
      .filter((line) => line.trim() !== '')
      .map((line) => `${answerLine(templater, line)}\n`);
    if (answers.length > 0 && !output.write(answers.join(''))) await once(output, 'drain');
  }
}
