import { dirname } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { unique } from '../../playbook/loading.js';
import type { Include, Item, Play, Playbook, RoleUse, Task } from '../../playbook/tree.js';
import { GLOBALS } from '../../template/globals.js';
import { type Pos, posOf } from '../../values/position.js';
import type { Raw } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { hostsFor, playRun } from '../play.js';
import { scopeOf } from '../scopes.js';
import type { PlayRun, Run } from '../state.js';
import { tagged } from '../tags.js';
import { mayWriteHere } from './beside.js';
import { certainInCondition, certainInText } from './certain.js';
import { type Given, givenBy } from './given.js';
import { readBefore } from './included.js';
import { mentionsIn } from './mentions.js';
import { missingSource } from './sources.js';

/** Names that templates know without any variable. */
const ALWAYS: ReadonlySet<string> = new Set([
  ...[
    'omit',
    'item',
    'environment',
    'lookup',
    'query',
    'q',
    'now',
    'undef',
    'vars',
    'hostvars',
    'loop',
    'self',
  ],
  ...['True', 'False', 'None', 'true', 'false', 'none', 'caller', 'varargs', 'kwargs'],
  ...GLOBALS.keys(),
]);

/** Arguments that are expressions, or that may be undefined. */
const NO_TEXT: Readonly<Record<string, readonly string[]>> = { debug: ['var'], assert: ['that'] };

type Search = {
  readonly play: PlayRun;
  readonly given: Given;
  readonly mentioned: (name: string) => boolean;
  readonly errors: FfeError[];
  /** Files of the controller that are not there. */
  readonly missing: FfeError[];
  /** What includes name that has been read already. */
  readonly seen: Set<string>;
  /** Only what includes name is looked at: anything may have given variables their values. */
  readonly blind: boolean;
};

type Walked = 'on' | 'end';

function* textsIn(
  value: Raw,
  container: object,
  key: unknown,
  pos: Pos,
): Generator<{ text: string; pos: Pos }> {
  const here = posOf(container, key as never) ?? pos;
  if (typeof value === 'string') yield { text: value, pos: here };
  else if (Array.isArray(value))
    for (const [i, v] of (value as Raw[]).entries()) yield* textsIn(v, value, i, here);
  else if (value instanceof Map)
    for (const [k, v] of value as Map<never, Raw>) yield* textsIn(v, value, k, here);
}

/** The scopes of a frame on every host of the play. */
function scopesOf(search: Search, task: Task | Include): LayeredScope[] {
  const { play } = search;
  return play.hosts.map((host) => scopeOf({ play, host, frame: task.frame }));
}

function namesIn(scope: LayeredScope): string[] {
  return scope.layers.flatMap((layer) => ('names' in layer ? [...layer.names] : [...layer.vars.keys()]));
}

/** Notes names that no host has and nothing may bring. */
function suspect(search: Search, task: Task | Include, names: readonly string[], pos: Pos): void {
  const { given, mentioned, errors } = search;
  for (const name of names) {
    if (ALWAYS.has(name) || name.startsWith('ansible_') || given.names.has(name)) continue;
    const scopes = scopesOf(search, task);
    if (scopes.some((scope) => scope.has(name)) || mentioned(name)) continue;
    const known = [...given.names, ...(scopes[0] ? namesIn(scopes[0]) : [])];
    errors.push(
      new FfeError('undefined', `'${name}' is undefined${didYouMean(name, known)}`, {
        pos,
        hint: 'nothing in the playbook, its roles, the inventory or --extra-vars gives it a value',
      }),
    );
  }
}

/** Whether the arguments are surely evaluated: a loop may have no items. */
function surelyLoops({ loop }: Task | Include): boolean {
  return loop === undefined || (Array.isArray(loop.items.value) && loop.items.value.length > 0);
}

function searchTask(search: Search, task: Task | Include): void {
  const { run } = search.play;
  const { reads } = run.templater;
  const { when } = run.effective(task.frame);
  const [first] = when;
  if (first) {
    if (typeof first.value === 'string')
      suspect(search, task, certainInCondition(first.value, reads), first.pos);
    return;
  }
  if (task.loop && (task.loop.lookup ?? 'items') === 'items')
    for (const { text, pos } of textsIn(task.loop.items.value, task, undefined, task.loop.items.pos))
      suspect(search, task, certainInText(text, reads), pos);
  const surely = surelyLoops(task);
  const missing = surely ? missingSource(task, search.play.play.file) : undefined;
  if (missing && !scopesOf(search, task).some((scope) => scope.has('ansible_connection')))
    search.missing.push(missing);
  // What an include is to include is often left to --extra-vars.
  if (task.kind === 'include' || !surely) return;
  for (const [name, value] of task.args) {
    if (NO_TEXT[task.module]?.includes(name)) continue;
    for (const { text, pos } of textsIn(value, task.args, name, task.pos))
      suspect(search, task, certainInText(text, reads), pos);
  }
}

/** Whether a failure of the item is meant, or not the end. */
function tolerated(search: Search, item: Task | Include): boolean {
  const { directives } = search.play.run.effective(item.frame);
  const ignores = directives.get('ignore_errors');
  return (
    (ignores !== undefined && ignores.value !== false) ||
    (item.kind === 'task' && item.failedWhen !== undefined)
  );
}

function searchItem(search: Search, item: Item): Walked {
  const { run } = search.play;
  if (item.kind === 'block') {
    // What a rescue catches may be meant.
    if (item.rescue.length > 0) return 'on';
    return searchItems(search, item.body) === 'end' ? 'end' : searchItems(search, item.always);
  }
  if (item.kind === 'role') return searchUse(search, item.use);
  const { when, tags } = run.effective(item.frame);
  if (!tagged(tags, run.options)) return 'on';
  if (item.kind === 'meta') return when.length === 0 && item.action.startsWith('end_') ? 'end' : 'on';
  if (!tolerated(search, item)) {
    if (!search.blind) searchTask(search, item);
    if (item.kind === 'include' && when.length === 0 && surelyLoops(item)) searchIncluded(search, item);
    if (item.kind === 'task' && item.module === 'fail' && when.length === 0) return 'end';
  }
  return 'on';
}

/** What an include brings is read now, so that a slip in it does not come to light when the run is half done. */
function searchIncluded(search: Search, include: Include): void {
  if (include.handler) return;
  const read = readBefore(include, search.seen, search.errors);
  if (read) searchItem({ ...search, blind: true }, read);
}

function searchUse(search: Search, use: RoleUse): Walked {
  for (const dependency of use.dependencies) if (searchUse(search, dependency) === 'end') return 'end';
  return searchItems(search, use.tasks);
}

function searchItems(search: Search, items: readonly Item[]): Walked {
  for (const item of items) if (searchItem(search, item) === 'end') return 'end';
  return 'on';
}

/** The play on the hosts it would run on; undefined when that cannot be known, or there are none. */
function foreseen(run: Run, play: Play, missing: FfeError[]): PlayRun | undefined {
  const draft = playRun(run, play, [], new Map());
  run.playing.current = draft;
  try {
    // A group that is not there yet may be made by add_host or group_by.
    const { hosts } = hostsFor(run, draft, 'ignore');
    return hosts.length === 0 ? undefined : playRun(run, play, hosts, new Map(), draft.beside);
  } catch (error) {
    // The play's vars_files are read for its `hosts`, too.
    if (error instanceof FfeError && error.code === 'not-found') missing.push(error);
    return undefined;
  } finally {
    run.playing.current = undefined;
  }
}

/**
 * Variables that tasks cannot do without and that nothing gives a value to, files that they name and that are not
 * there, and what is wrong in files that are sure to be included, before any host is touched: an error for each, with its place. Whatever leaves a doubt (conditions, defaults, rescues, names written anywhere) is left alone.
 */
export function findUndefined(
  run: Run,
  playbooks: readonly Playbook[],
  folders: readonly string[],
): FfeError[] {
  const given = givenBy(playbooks);
  if (run.options.startAtTask !== undefined) return [];
  const roots = [
    ...playbooks.flatMap((p) => p.plays.map((play) => dirname(play.file))),
    ...given.folders,
    ...folders,
  ];
  const mentioned = mentionsIn([...new Set(roots)]);
  const errors: FfeError[] = [];
  const missing: FfeError[] = [];
  const seen = new Set<string>();
  for (const play of playbooks.flatMap((p) => p.plays)) {
    const at = foreseen(run, play, missing);
    if (!at) continue;
    run.playing.current = at;
    try {
      searchItems({ play: at, given, mentioned, errors, missing, seen, blind: given.open }, [
        ...play.preTasks,
        ...play.roles,
        ...play.tasks,
        ...play.postTasks,
      ]);
    } catch (error) {
      if (!(error instanceof FfeError)) throw error; // the run says it, at its place
    } finally {
      run.playing.current = undefined;
    }
  }
  // A file that is included twice says the same twice.
  return unique(missing.length === 0 || mayWriteHere(playbooks) ? errors : [...errors, ...missing]);
}
