import { flag } from '../evaluate.js';
import { isForAll } from '../meta.js';
import { scopeAt } from '../scopes.js';
import type { Batch, HostRun } from '../state.js';
import { compareKeys, itemOf, type Step, type StepResult } from '../step.js';
import { advance, type Cursor, fail, stop } from './cursor.js';
import { announceFiles, type Done, doStep, stepInfo } from './do-step.js';
import { fatal, tooManyFailed } from './failures.js';
import { mapLimit } from './pool.js';
import { throttleOf } from './throttle.js';

/** The cursors that stand at the earliest step of all. */
function front(live: readonly Cursor[]): Cursor[] {
  const first = live.reduce((a, b) => (compareKeys(b.step!.key, a.step!.key) < 0 ? b : a));
  return live.filter(
    (c) => compareKeys(c.step!.key, first.step!.key) === 0 && itemOf(c.step!) === itemOf(first.step!),
  );
}

function isRunOnce(step: Step, host: HostRun): boolean {
  if (step.kind === 'meta') return isForAll(step.meta.action);
  if (step.kind === 'task' && step.task.definition?.once) return true;
  const { play } = host.batch;
  const item = itemOf(step);
  const effective = play.run.effective(item.frame);
  if (!effective.directives.has('run_once')) return false;
  return flag(effective, 'run_once', scopeAt(host, item.frame));
}

/** Whether the operator lets a task run (--step); meta and includes are not asked about. */
async function allowed(step: Step, name: string, batch: Batch): Promise<boolean> {
  const { run } = batch.play;
  if (step.kind !== 'task' || !run.options.step || !run.progress.stepping) return true;
  const answer = await run.options.step(name);
  if (answer === 'continue') run.progress.stepping = false;
  return answer !== 'no';
}

async function together(group: readonly Cursor[], batch: Batch): Promise<StepResult[]> {
  const step = group[0]!.step!;
  const hosts = group.map((c) => c.host);
  const { run } = batch.play;
  const info = stepInfo(step, hosts[0]!);
  if (!(await allowed(step, info?.name ?? '', batch))) return hosts.map(() => ({ status: 'ok' }));
  const once = isRunOnce(step, hosts[0]!);
  const acting = once ? [hosts[0]!] : hosts;
  if (info) run.emit({ type: 'task-start', task: info, hosts: acting.map((h) => h.name) });
  const sharers = once ? hosts.map((h) => h.name) : undefined;
  const done: Done[] = await mapLimit(
    acting,
    Math.min(run.options.forks, throttleOf(step, hosts[0]!)),
    (host) => doStep(step, host, info, sharers ?? [host.name]),
  );
  announceFiles(acting, done);
  return once ? hosts.map(() => done[0]!.result) : done.map((d) => d.result);
}

/** Every host does a step before any host does the next: Ansible's default strategy. */
export async function linear(batch: Batch, cursors: readonly Cursor[]): Promise<void> {
  for (;;) {
    const live = cursors.filter((c) => c.step);
    if (live.length === 0) return;
    const group = front(live);
    const step = group[0]!.step!;
    const results = await together(group, batch);
    group.forEach((cursor, i) => {
      advance(cursor, results[i]!);
    });
    const limit = tooManyFailed(batch);
    if (limit) batch.play.run.emit({ type: 'no-hosts-remaining' });
    if (limit || fatal(batch, step, group, isRunOnce(step, group[0]!.host))) breakPlay(batch, cursors);
    if (batch.ended || batch.play.ended) for (const cursor of cursors) stop(cursor);
  }
}

/** Ends the play for every host: those that still had work to do count as failed. */
function breakPlay(batch: Batch, cursors: readonly Cursor[]): void {
  for (const cursor of cursors) if (cursor.step) fail(cursor);
  batch.broken = true;
  batch.play.run.emit({ type: 'no-hosts-remaining' });
}
