import { setTimeout as sleep } from 'node:timers/promises';
import type { Json, JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import type { ContainerArgs } from './container-args.js';
import { containerPath, isRunning, stateOf } from './container-look.js';
import type { Modes } from './differences.js';
import { type Engine, objectOf } from './engine.js';
import { apiPath, logText, type Request } from './http.js';
import type { Told } from './told.js';
import type { Seen } from './wish-process.js';

/** Everything that the steps of one task share. */
export type Work = {
  readonly info: RunInfo;
  readonly a: ContainerArgs;
  readonly engine: Engine;
  readonly seen: Seen;
  readonly modes: Modes;
  readonly told: Told;
};

/** The longest pause between two looks at a container, in milliseconds. */
const LONGEST_PAUSE = 5000;

/** How long the engine waits for a container to stop when nothing is said, in seconds. */
const STOP_SECONDS = 10;

/** Does one thing, unless in check mode, and notes it as a change. */
export async function act(
  work: Work,
  action: JsonObject,
  request: Request,
  doing: string,
  wait = 0,
): Promise<Json | undefined> {
  work.told.actions.push(action);
  work.told.changed = true;
  if (work.info.check) return undefined;
  const answer = await work.engine.call(request, doing, wait);
  const [[what, which]] = Object.entries(action) as [[string, Json]];
  work.info.did(`${what} ${what === 'created' ? work.a.name : String(which)}`);
  return answer;
}

/** A container as it is now. */
export async function inspect(work: Work, id: string): Promise<JsonObject | undefined> {
  return work.engine.object(containerPath(id));
}

function post(id: string, verb: string, query: Parameters<typeof apiPath>[1] = {}): Request {
  return { method: 'POST', path: apiPath(containerPath(id, `/${verb}`), query) };
}

/** A frozen container can only be stopped or removed when it is no longer frozen (by older engines). */
async function thawed(work: Work, container: JsonObject): Promise<void> {
  if (stateOf(container).Paused !== true || work.info.check) return;
  await work.engine.call(
    post(String(container.Id), 'unpause'),
    `Error unpausing container ${String(container.Id)}`,
  );
}

/** Stops a container, or kills it when that is wished. */
export async function stop(work: Work, container: JsonObject): Promise<void> {
  const { a } = work;
  const id = String(container.Id);
  await thawed(work, container);
  if (a.force_kill) {
    const request = post(id, 'kill', { signal: a.kill_signal });
    await act(work, { killed: id, signal: a.kill_signal ?? null }, request, `Error killing container ${id}`);
    return;
  }
  const action = { stopped: id, timeout: a.stop_timeout ?? null };
  const request = post(id, 'stop', { t: a.stop_timeout });
  await act(work, action, request, `Error stopping container ${id}`, a.stop_timeout ?? STOP_SECONDS);
}

/** Removes a container; that it has gone by itself is as good. */
export async function remove(work: Work, id: string, force = false): Promise<void> {
  const { a, told, info, engine } = work;
  told.actions.push({ removed: id, volume_state: !a.keep_volumes, link: false, force });
  told.changed = true;
  if (info.check) return;
  const path = apiPath(containerPath(id, ''), { v: !a.keep_volumes, link: false, force });
  const [reply] = await engine.send([{ method: 'DELETE', path }]);
  const said = reply!.body.toString('utf8');
  if (reply!.status >= 400 && reply!.status !== 404 && !said.includes('is already in progress'))
    throw new StepError(`Error removing container ${id}: ${objectOf(parsed(said))?.message ?? said}`);
  info.did(`removed ${id}`);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

type Wait = {
  /** Whether the wait is over; throws a StepError for what will never do. */
  readonly until: (container: JsonObject | undefined) => boolean;
  readonly seconds: number | undefined;
};

/** Looks at a container again and again. */
export async function waitFor(
  work: Work,
  id: string,
  { until, seconds }: Wait,
): Promise<JsonObject | undefined> {
  const end = seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const container = await inspect(work, id);
    if (until(container)) return container;
    if (Date.now() >= end)
      throw new StepError(`Timeout of ${seconds} seconds exceeded while waiting for container "${id}"`);
    await sleep(Math.min(pause, Math.max(0, end - Date.now())), undefined, { signal: work.info.signal });
  }
}

/** Waits until a container that is being removed is gone. */
export async function waitGone(work: Work, id: string): Promise<void> {
  if (work.info.check) return;
  const until = (container: JsonObject | undefined) => {
    const status = stateOf(container).Status;
    if (container && status !== 'removing' && status !== 'exited' && status !== 'dead')
      throw new StepError(
        `Encountered unexpected state "${String(status)}" while waiting for container "${id}"`,
      );
    return container === undefined;
  };
  await waitFor(work, id, { until, seconds: work.a.removal_wait_timeout });
}

/** Waits until a container's own check says that it is healthy; one without a check is. */
export async function waitHealthy(work: Work, id: string): Promise<JsonObject | undefined> {
  const until = (container: JsonObject | undefined) => {
    if (!isRunning(container))
      throw new StepError(`Container "${id}" ended while waiting for it to be healthy`);
    const health = objectOf(stateOf(container).Health)?.Status;
    return health === undefined || health === 'healthy' || health === 'none';
  };
  const seconds = work.a.healthy_wait_timeout;
  return waitFor(work, id, { until, seconds: seconds > 0 ? seconds : undefined });
}

const READABLE = new Set(['json-file', 'journald', 'local']);

async function outputOf(work: Work, container: JsonObject): Promise<string> {
  const driver = String(objectOf(objectOf(container.HostConfig)?.LogConfig)?.Type);
  if (!READABLE.has(driver)) return `Result logged using \`${driver}\` driver`;
  const path = apiPath(containerPath(String(container.Id), '/logs'), { stdout: 1, stderr: 1, tail: 'all' });
  const [reply] = await work.engine.send([{ method: 'GET', path }]);
  const all = logText(reply!.body, objectOf(container.Config)?.Tty === true).all;
  if (work.a.output_logs)
    await work.info.node.run(
      { argv: ['logger', '-t', 'docker_container'], stdin: Buffer.from(all) },
      work.info.become,
    );
  return all;
}

/** Waits for the end of a container that was started for its output. */
async function toItsEnd(work: Work, container: JsonObject): Promise<JsonObject> {
  const { a, told, engine } = work;
  const id = String(container.Id);
  const waited = await engine.call(post(id, 'wait'), `Error waiting for container ${id}`, -1);
  const status = objectOf(waited)?.StatusCode ?? null;
  const Output = a.auto_remove
    ? 'Cannot retrieve result as auto_remove is enabled'
    : await outputOf(work, container);
  if (a.auto_remove && a.output_logs) told.warnings.push('Cannot output_logs if auto_remove is enabled!');
  if (a.cleanup) await remove(work, id, true);
  Object.assign(told.result, { status }, status === 0 ? {} : { failed: true, msg: Output });
  return { ...(await inspect(work, id)), Output };
}

/** Starts a container, and with detach off waits for its end. */
export async function start(work: Work, container: JsonObject): Promise<JsonObject | undefined> {
  const id = String(container.Id);
  await act(work, { started: id }, post(id, 'start'), `Error starting container ${id}`);
  if (work.info.check) return container;
  return work.a.detach === false ? toItsEnd(work, container) : inspect(work, id);
}

/** Restarts a container. */
export async function restart(work: Work, container: JsonObject): Promise<JsonObject | undefined> {
  const id = String(container.Id);
  const t = work.a.stop_timeout ?? STOP_SECONDS;
  const action = { restarted: id, timeout: work.a.stop_timeout ?? null };
  await act(work, action, post(id, 'restart', { t }), `Error restarting container ${id}`, t);
  return work.info.check ? container : inspect(work, id);
}

/** Freezes a container, or lets it go on. */
export async function freeze(
  work: Work,
  container: JsonObject,
  paused: boolean,
): Promise<JsonObject | undefined> {
  const id = String(container.Id);
  const doing = `Error ${paused ? 'pausing' : 'unpausing'} container ${id}`;
  await act(work, { set_paused: paused }, post(id, paused ? 'pause' : 'unpause'), doing);
  return work.info.check ? container : inspect(work, id);
}
