import { FfeError, FfeErrors } from '../errors/error.js';
import type { Block, Include, RoleItem } from '../playbook/tree.js';
import { fromJson, toJson } from '../values/convert.js';
import type { JsonObject } from '../values/json.js';
import { posOf } from '../values/position.js';
import type { Raw, Value } from '../values/value.js';
import { setFact } from '../vars/host-store.js';
import type { LayeredScope } from '../vars/scope.js';
import { finish } from './evaluate.js';
import type { TaskInfo } from './event.js';
import { flatHandlers, roleHandlers } from './role-uses.js';
import { scopeAt, storeOf } from './scopes.js';
import type { HostRun, PlayRun } from './state.js';
import { flatten, type Included, type StepResult } from './step.js';
import { announceInclude } from './task/announce-include.js';
import type { LoopItem, Outcome } from './task/attempt.js';
import { errorOutcome } from './task/attempt-once.js';
import { failing } from './task/conditions.js';
import { loopItems, loopLabel, loopVariables } from './task/loop.js';

/** What an include brought on one host: the way on, and what to print about it. */
export type IncludeOutcome = { readonly result: StepResult; readonly shown: readonly Shown[] };
export type Shown = { readonly file: string; readonly label?: string };

const SKIPPED = { changed: false, skipped: true, skip_reason: 'Conditional result was False' };
const LOADED: Outcome = { status: 'ok', effects: [], result: { changed: false } };
const NO_ITEMS: Outcome = {
  status: 'skipped',
  effects: [],
  result: { changed: false, skipped: true, skipped_reason: 'No items in the list' },
};
const NOTHING: ReadonlyMap<string, Value> = new Map();

function evaluated(args: ReadonlyMap<string, Raw>, scope: LayeredScope): Map<string, Value> {
  const out = new Map<string, Value>();
  for (const [name, raw] of args) out.set(name, finish(raw, scope, posOf(args, name)));
  return out;
}

/** Loads what an include names, once per play for the same arguments, so that hosts walk the same tasks. */
async function load(
  play: PlayRun,
  include: Include,
  args: ReadonlyMap<string, Value>,
  item: LoopItem | undefined,
): Promise<Block | RoleItem> {
  const label = item ? JSON.stringify(toJson(item.value)) : '';
  const key = `${idOf(play, include)}|${JSON.stringify(toJson(new Map(args) as Map<Value, Value>))}|${label}`;
  const known = play.loaded.get(key);
  if (known) return known;
  // Kept as a promise, a failure is kept, too: the next host is told the same.
  const loading = (async () => include.read(args))();
  play.loaded.set(key, loading);
  const loaded = await loading;
  adopt(play, loaded);
  return loaded;
}

function idOf(play: PlayRun, include: Include): number {
  const ids = play.includeIds;
  const known = ids.get(include) ?? ids.size;
  ids.set(include, known);
  return known;
}

/** Makes included tasks known to look-ahead, and an included role's handlers and public variables to the play. */
function adopt(play: PlayRun, loaded: Block | RoleItem): void {
  const list = flatten([loaded]);
  list.forEach((task, at) => {
    play.ahead.set(task, { list, at });
  });
  if (loaded.kind !== 'role') return;
  play.handlers.push(...flatHandlers(roleHandlers([loaded], play.handlerUses)));
  if (loaded.use.exported) play.exported.push(loaded.use);
}

/** A file that cannot be loaded fails the include, with Ansible's field for it. */
function unloadable(error: unknown): Outcome {
  const outcome = errorOutcome(error);
  const { msg, ...rest } = outcome.result;
  return outcome.error?.code === 'not-found' || outcome.error?.code === 'parse'
    ? { ...outcome, result: { reason: msg } }
    : { ...outcome, result: { ...rest, msg } };
}

/**
 * A file that has not the form of tasks ends the whole run, as it would have before the run if it were named statically;
 * among handlers so does what cannot be one.
 */
function endsRun(error: FfeError | FfeErrors, { what, handler }: Include): boolean {
  const errors = error instanceof FfeErrors ? error.errors : [error];
  return errors.some(({ form, code }) => form || (what === 'tasks' && handler && code === 'bad-value'));
}

/** What is printed about an included file; a role says nothing, as its tasks name it. */
function shownOf(include: Include, loaded: Block | RoleItem, label?: string): Shown[] {
  return include.what === 'tasks' ? [{ file: loaded.frame.file, label }] : [];
}

/** Evaluates an include on one host: condition, loop, arguments; loads the files. */
export async function runInclude(
  host: HostRun,
  include: Include,
  info: TaskInfo,
  rescuable: boolean,
): Promise<IncludeOutcome> {
  const scope = scopeAt(host, include.frame);
  try {
    return include.loop ? await looped(host, include, scope, info) : await single(host, include, scope, info);
  } catch (error) {
    if (!(error instanceof FfeError || error instanceof FfeErrors)) throw error;
    if (endsRun(error, include)) throw error;
    announceInclude(host, include, info, unloadable(error), rescuable);
    return { result: { status: 'failed' }, shown: [] };
  }
}

/** Registers what came of an include. */
function learn(host: HostRun, { register }: Include, result: JsonObject): void {
  if (register === undefined) return;
  setFact(storeOf(host.batch.play.run, host.name), register, fromJson({ ...result, failed: false }));
}

async function single(
  host: HostRun,
  include: Include,
  scope: LayeredScope,
  info: TaskInfo,
): Promise<IncludeOutcome> {
  const { play } = host.batch;
  if (failing(play.run.effective(include.frame).when, scope)) {
    learn(host, include, SKIPPED);
    announceInclude(
      host,
      include,
      info,
      {
        status: 'skipped',
        effects: [],
        reason: 'Conditional result was False',
        result: SKIPPED,
      },
      false,
    );
    return { result: { status: 'ok', included: [] }, shown: [] };
  }
  const item = await load(play, include, evaluated(include.args, scope), undefined);
  learn(host, include, { changed: false, include: item.frame.file, include_args: {} });
  announceInclude(host, include, info, { status: 'ok', effects: [], result: { changed: false } }, false);
  return {
    result: { status: 'ok', included: [{ item, ordinal: 0, bind: NOTHING }] },
    shown: shownOf(include, item),
  };
}

async function looped(
  host: HostRun,
  include: Include,
  scope: LayeredScope,
  info: TaskInfo,
): Promise<IncludeOutcome> {
  const { play } = host.batch;
  const loop = include.loop!;
  const items = loopVariables(loop, loopItems(loop, scope, ''), scope);
  const included: Included[] = [];
  const shown: Shown[] = [];
  for (const one of items) {
    const inner = scope.with(one.vars, one.safe);
    if (failing(play.run.effective(include.frame).when, inner)) {
      skipItem(host, info, one, loopLabel(loop, one, inner));
      continue;
    }
    const item = await load(play, include, evaluated(include.args, inner), one);
    included.push({ item, ordinal: ordinalOf(play, include, item), bind: one.vars });
    shown.push(...shownOf(include, item, loopLabel(loop, one, inner)));
  }
  if (included.length === 0) announceInclude(host, include, info, NO_ITEMS, false);
  for (const _ of included) announceInclude(host, include, info, LOADED, false);
  return { result: { status: 'ok', included }, shown };
}

/** Tells that an include was left out for one item of its loop. */
function skipItem(host: HostRun, task: TaskInfo, item: LoopItem, label: string): void {
  const { run } = host.batch.play;
  run.emit({
    type: 'item-result',
    task,
    host: host.name,
    status: 'skipped',
    label: run.redactor.text(label),
    ignored: false,
    result: { ...SKIPPED, ...item.fields, [item.name]: toJson(item.value), ansible_loop_var: item.name },
  });
}

/** A number for an included list that is the same on every host, so that the linear strategy keeps them in step. */
function ordinalOf(play: PlayRun, include: Include, item: Block | RoleItem): number {
  const known = play.ordinals.get(include) ?? [];
  play.ordinals.set(include, known);
  const at = known.indexOf(item);
  if (at !== -1) return at;
  known.push(item);
  return known.length - 1;
}
