import type { Batch } from '../state.js';
import { advance, type Cursor, stop } from './cursor.js';
import { announceFiles, doStep, stepInfo } from './do-step.js';
import { gate, mapLimit } from './pool.js';
import { type Throttle, throttles } from './throttle.js';

type Through = ReturnType<typeof gate>;

async function runHost(batch: Batch, cursor: Cursor, through: Through, throttle: Throttle): Promise<void> {
  while (cursor.step) {
    const { step, host } = cursor;
    // Who waits for the task does not keep others from working.
    await throttle(step, host, () =>
      through(async () => {
        const info = stepInfo(step, host);
        if (info) batch.play.run.emit({ type: 'task-start', task: info, hosts: [host.name] });
        const done = await doStep(step, host, info, [host.name]);
        announceFiles([host], [done]);
        advance(cursor, done.result);
      }),
    );
    if (batch.ended || batch.play.ended) stop(cursor);
  }
}

/** Every host goes through the play at its own pace; `forks` tasks run at a time. */
export async function free(batch: Batch, cursors: readonly Cursor[]): Promise<void> {
  const through = gate(batch.play.run.options.forks);
  const throttle = throttles();
  await Promise.all(cursors.map((cursor) => runHost(batch, cursor, through, throttle)));
}

/** As free, but a host that has begun goes on without waiting: `forks` hosts are in work at a time. */
export async function hostPinned(batch: Batch, cursors: readonly Cursor[]): Promise<void> {
  const throttle = throttles();
  const { forks } = batch.play.run.options;
  await mapLimit(cursors, forks, (cursor) => runHost(batch, cursor, (run) => run(), throttle));
}
