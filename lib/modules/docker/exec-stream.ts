import type { Readable } from 'node:stream';
import type { RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import { type ClientArgs, dockerWords } from './client-args.js';
import { type Reply, type Request, refusal, replies, written } from './http.js';

const HEAD_END = Buffer.from('\r\n\r\n');

async function upToHead(stdout: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (;;) {
    const chunk = stdout.read() as Buffer | null;
    if (chunk !== null) parts.push(chunk);
    const all = Buffer.concat(parts);
    if (all.includes(HEAD_END) || stdout.readableEnded) return all;
    if (chunk === null) await readable(stdout);
  }
}

function readable(stream: Readable): Promise<void> {
  return new Promise((done) => {
    const over = () => {
      stream.off('readable', over).off('end', over).off('close', over);
      done();
    };
    stream.on('readable', over).on('end', over).on('close', over);
  });
}

/**
 * Sends a request whose connection then carries a program's input and output. The input may only follow the reply's head:
 * the engine drops what comes before it.
 */
export async function throughStream(
  info: Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal'>,
  a: ClientArgs,
  request: Request,
  input: string,
): Promise<Reply> {
  const argv = [...dockerWords(a), 'system', 'dial-stdio'];
  const running = await info.node.spawn({ argv, env: info.environment }, info.become);
  const stop = () => void running.kill();
  info.signal.addEventListener('abort', stop);
  try {
    running.stderr.resume();
    running.stdin.write(written([request], a.api_version));
    const head = await upToHead(running.stdout);
    running.stdin.end(input);
    const rest: Buffer[] = [];
    for await (const chunk of running.stdout) rest.push(chunk as Buffer);
    await running.done;
    const [reply] = replies(Buffer.concat([head, ...rest]));
    if (!reply) throw new StepError('The connection to the Docker engine broke off');
    if (reply.status >= 400) throw new StepError(`An unexpected Docker error occurred: ${refusal(reply)}`);
    return reply;
  } finally {
    info.signal.removeEventListener('abort', stop);
  }
}
