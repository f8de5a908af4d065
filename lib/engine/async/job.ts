import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FfeError } from '../../errors/error.js';
import { cleanupScript, readStatus, statusScript } from '../../modules/async/status.js';
import type { ModuleResult } from '../../modules/module.js';
import type { Become } from '../../node/become.js';
import { closeJob, type Job, openJob, startJob, type Work } from '../../node/job.js';
import type { Node } from '../../node/node.js';
import type { JsonObject } from '../../values/json.js';
import type { Want } from './want.js';

/** Where jobs of a task run, and who is told of them. */
export type Jobs = {
  readonly node: Node;
  readonly become: Become | undefined;
  readonly dir: string;
  readonly want: Want;
  readonly signal: AbortSignal;
  readonly tell: (jid: string, state: 'poll' | 'ok' | 'failed') => void;
};

/** What a started job says: Ansible's fields. */
export type Started = ModuleResult & { readonly ansible_job_id: string; readonly results_file: string };

const newId = (): string => `j${randomInt(1, 999_999_999_999)}`;

/** Runs one of the scripts that begin a job. */
async function begin({ node, become }: Jobs, script: string): Promise<Started> {
  const { outcomes, failed } = await node.apply([{ kind: 'run', script }], [], become);
  const { stdout, stderr } = outcomes[0]!;
  if (failed !== undefined)
    throw new FfeError('task', `could not start the asynchronous job: ${stderr.toString('utf8').trim()}`);
  const [jid = '', file = ''] = stdout.toString('utf8').split('\n');
  return { started: 1, finished: 0, ansible_job_id: jid, results_file: file, changed: true };
}

/** Starts a job on the node; throws FfeError 'task' when it cannot be started. */
export function launch(
  jobs: Jobs,
  work: Work,
  rest: Pick<Job, 'kind' | 'fields' | 'output' | 'strip'>,
): Promise<Started> {
  const { dir, want } = jobs;
  return begin(jobs, startJob({ id: newId(), dir, limit: Math.ceil(want.limit), work, ...rest }));
}

/** Makes the file of a job that is done from here. */
export function openFile(jobs: Jobs): Promise<Started> {
  return begin(jobs, openJob({ id: newId(), dir: jobs.dir }));
}

/** Puts the result of a job that was done from here into its file. */
export async function closeFile(jobs: Jobs, { results_file }: Started, result: JsonObject): Promise<void> {
  const script = closeJob(results_file);
  await jobs.node.apply([{ kind: 'run', script, stdin: JSON.stringify(result) }], [], jobs.become);
}

/** Looks at a job. A lost connection is opened again by the next look. */
function look(jobs: Jobs, jid: string, wait: number): Promise<JsonObject> {
  const script = statusScript(jobs.dir, jid, wait);
  return jobs.node.run({ line: script }, jobs.become).then((done) => readStatus(jid, 'status', done));
}

/** Waits for a job, looking every `poll` seconds until its time is over, and removes its file when it has ended. */
export async function awaitJob(jobs: Jobs, started: Started): Promise<ModuleResult> {
  const { limit, poll } = jobs.want;
  const jid = started.ansible_job_id;
  let last: ModuleResult = started;
  for (let left = limit; left > 0; left -= poll) {
    jobs.signal.throwIfAborted();
    try {
      last = await look(jobs, jid, Math.min(poll, left));
      if (last.finished === 1) break;
    } catch (error) {
      if (left - poll <= 0) throw error;
      await sleep(Math.min(poll, left) * 1000, undefined, { signal: jobs.signal });
    }
    jobs.tell(jid, 'poll');
  }
  jobs.tell(jid, last.finished === 1 && last.failed !== true ? 'ok' : 'failed');
  if (last.finished !== 1) {
    const msg = `async task did not complete within the requested time - ${limit}s`;
    return { changed: false, failed: true, msg, async_result: last };
  }
  await jobs.node.run({ line: cleanupScript(jobs.dir, jid) }, jobs.become);
  return last;
}
