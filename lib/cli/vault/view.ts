import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Io } from '../io.js';

/** Shows a text: through $PAGER (else less) on a terminal, and as it is elsewhere. */
export async function show(text: Buffer, io: Io): Promise<void> {
  const shown = text.at(-1) === 0x0a ? text : Buffer.concat([text, Buffer.from('\n')]);
  if (io.columns === undefined) return io.out(shown.toString('utf8'));
  const pager = process.env.PAGER?.trim() || 'less';
  const shower = spawn('sh', ['-c', pager], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRSX', ...process.env },
  });
  shower.stdin.on('error', () => undefined);
  shower.stdin.end(shown);
  const [code] = (await once(shower, 'exit')) as [number | null];
  // 127: the shell found no such program.
  if (code === 127) io.out(shown.toString('utf8'));
}
