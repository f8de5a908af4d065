import { ASYNC_DIR } from '../../modules/async/status.js';
import type { Detach, ModuleResult, RunModule } from '../../modules/module.js';
import { actionsWork, commandWork } from '../../node/job.js';
import type { JsonObject } from '../../values/json.js';
import { asText } from '../evaluate.js';
import type { Attempt, Outcome } from '../task/attempt.js';
import { complete } from '../task/judge.js';
import { type PlanCall, planCall } from '../task/plan-module.js';
import { statusOf } from '../task/status.js';
import { awaitJob, closeFile, type Jobs, launch, openFile, type Started } from './job.js';
import type { Want } from './want.js';

/** Runs a module of the second form; `detach` is there for those that take it. */
export type CallRun = (detach?: Detach) => Promise<Outcome>;

function outcomeOf(result: ModuleResult): Outcome {
  return { status: statusOf(result), effects: [], result };
}

/** The jobs of an attempt; opens its node. */
async function jobsOf(
  attempt: Attempt,
  call: Pick<PlanCall, 'reach'>,
  want: Want,
  signal: AbortSignal,
): Promise<Jobs> {
  const { run, host, scope } = attempt;
  return {
    node: await call.reach.node(),
    become: call.reach.become(),
    dir: asText(scope, 'ansible_async_dir') ?? process.env.ANSIBLE_ASYNC_DIR ?? ASYNC_DIR,
    want,
    signal: AbortSignal.any([run.signal, signal]),
    tell: (jid, state) => run.emit({ type: 'async', host: host.name, jid, state }),
  };
}

const settle = (jobs: Jobs, started: Started): Promise<ModuleResult> =>
  jobs.want.poll === 0 ? Promise.resolve(started) : awaitJob(jobs, started);

/** A job that has nothing to do but to hold a result that is known already. */
function hold(jobs: Jobs, result: JsonObject): Promise<Started> {
  const changed = result.changed ?? false;
  return launch(
    jobs,
    { source: ':' },
    { kind: 'actions', fields: { changed, ...result }, output: false, strip: false },
  );
}

/** A module of the first form: asked and planned now, its actions are the job. */
export async function asyncPlan(
  attempt: Attempt,
  call: PlanCall,
  want: Want,
  signal: AbortSignal,
): Promise<Outcome> {
  const jobs = await jobsOf(attempt, call, want, signal);
  const { plan, finish } = await planCall(call);
  if (plan.kind !== 'change' || plan.actions.length === 0) {
    const known = await finish();
    return outcomeOf(await settle(jobs, await hold(jobs, complete(known.result))));
  }
  const started = await launch(jobs, actionsWork(plan.actions), {
    kind: 'actions',
    fields: { changed: true, ...plan.result },
    output: plan.after !== undefined && plan.actions.some((a) => a.kind === 'run'),
    strip: false,
  });
  const result = await settle(jobs, started);
  if (want.poll === 0 || result.failed === true) return outcomeOf(result);
  return outcomeOf({ ...(await finish()).result, ...result });
}

/** A module of the second form. One that does not detach is run from here: in the background when nobody looks. */
export async function asyncRun(
  attempt: Attempt,
  module: RunModule,
  call: Pick<PlanCall, 'reach'>,
  run: CallRun,
  want: Want,
  signal: AbortSignal,
): Promise<Outcome> {
  const jobs = await jobsOf(attempt, call, want, signal);
  if (!module.detaches && want.poll === 0) return inBackground(attempt, jobs, run);
  const outcome = await run(async (command, { fields, strip }) =>
    settle(jobs, await launch(jobs, commandWork(command), { kind: 'command', fields, output: true, strip })),
  );
  if ('ansible_job_id' in outcome.result || outcome.result.failed === true) return outcome;
  return outcomeOf(await settle(jobs, await hold(jobs, complete(outcome.result))));
}

/** Several steps need the controller: they go on while the play does, and the run waits for them at its end. */
async function inBackground(attempt: Attempt, jobs: Jobs, run: CallRun): Promise<Outcome> {
  const work = run().then(
    (outcome) => complete(outcome.result),
    (error: Error): JsonObject => ({ changed: false, failed: true, msg: error.message }),
  );
  const started = await openFile(jobs);
  attempt.run.background.add(work.then((result) => closeFile(jobs, started, result)).catch(() => undefined));
  return outcomeOf(started);
}
