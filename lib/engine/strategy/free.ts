import type { Batch } from '../state.js';
import { advance, type Cursor, stop } from './cursor.js';
import { announceFiles, doStep, stepInfo } from './do-step.js';
import { gate, mapLimit } from './pool.js';

async function runHost(batch: Batch, cursor: Cursor, through: ReturnType<typeof gate>): Promise<void> {
  while (cursor.step) {
    const { step, host } = cursor;
    await through(async () => {
      const info = stepInfo(step, host);
      if (info) batch.play.run.emit({ type: 'task-start', task: info, hosts: [host.name] });
      const done = await doStep(step, host, info, [host.name]);
      announceFiles([host], [done]);
      advance(cursor, done.result);
    });
    if (batch.ended || batch.play.ended) stop(cursor);
  }
}

/** Every host goes through the play at its own pace; `forks` tasks run at a time. */
export async function free(batch: Batch, cursors: readonly Cursor[]): Promise<void> {
  const through = gate(batch.play.run.options.forks);
  await Promise.all(cursors.map((cursor) => runHost(batch, cursor, through)));
}

/** As free, but a host that has begun goes on without waiting: `forks` hosts are in work at a time. */
export async function hostPinned(batch: Batch, cursors: readonly Cursor[]): Promise<void> {
  await mapLimit(cursors, batch.play.run.options.forks, (cursor) => runHost(batch, cursor, (run) => run()));
}
