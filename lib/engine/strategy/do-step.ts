import type { Meta } from '../../playbook/tree.js';
import type { TaskInfo } from '../event.js';
import { runInclude, type Shown } from '../include.js';
import { runMeta } from '../meta.js';
import type { HostRun } from '../state.js';
import { itemOf, type Step, type StepResult } from '../step.js';
import { runTask } from '../task/run-task.js';
import { taskInfo } from '../task-info.js';

/** A step done on one host, and what an include has to show. */
export type Done = { readonly result: StepResult; readonly shown: readonly Shown[] };

/** What listeners are told of a step; undefined for meta steps, which are silent. */
export function stepInfo(step: Step, host: HostRun): TaskInfo | undefined {
  return step.kind === 'meta' ? undefined : taskInfo(itemOf(step), host);
}

/** Does one step on one host. `sharers` take over what it learns (run_once). */
export async function doStep(
  step: Step,
  host: HostRun,
  info: TaskInfo | undefined,
  sharers: readonly string[],
): Promise<Done> {
  host.batch.play.run.signal.throwIfAborted();
  switch (step.kind) {
    case 'meta':
      return { result: await metaStep(step.meta, host), shown: [] };
    case 'include':
      return runInclude(host, step.include, info!, step.rescuable);
    case 'task':
      host.batch.play.run.emit({ type: 'host-start', task: info!, host: host.name });
      return {
        result: await runTask({ host, task: step.task, info: info!, rescuable: step.rescuable, sharers }),
        shown: [],
      };
  }
}

/** Ansible announces a meta task anew for each host. */
async function metaStep(meta: Meta, host: HostRun): Promise<StepResult> {
  const { run } = host.batch.play;
  run.progress.tasks += 1;
  const info = { ...taskInfo(meta, host), id: run.progress.tasks };
  run.emit({ type: 'task-start', task: info, hosts: [host.name] });
  return runMeta(host, meta, info);
}

/** Tells which files were included for which hosts, a line for each. */
export function announceFiles(hosts: readonly HostRun[], done: readonly Done[]): void {
  const byFile = new Map<string, { file: string; label?: string; hosts: string[] }>();
  done.forEach((d, i) => {
    for (const shown of d.shown) {
      const key = `${shown.file}|${shown.label ?? ''}`;
      const entry = byFile.get(key) ?? { ...shown, hosts: [] };
      byFile.set(key, entry);
      entry.hosts.push(hosts[i]!.name);
    }
  });
  for (const entry of byFile.values()) hosts[0]!.batch.play.run.emit({ type: 'included', ...entry });
}
