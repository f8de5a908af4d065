import { type DefaultRenderer, Listr, type ListrTaskWrapper } from 'listr2';
import type { Event } from '../engine/event.js';
import { renderError } from '../errors/render.js';
import { diffText } from './diff.js';
import { dump, printable } from './dump.js';
import type { Paint } from './paint.js';
import { recapWords } from './recap.js';
import type { Reporter } from './reporter.js';
import { complete, newTally, runningLine, type Tally, tallyLine } from './tally.js';

type Row = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof DefaultRenderer>;

/** How the tree is drawn. */
export type TreeOptions = {
  readonly paint: Paint;
  readonly verbosity: number;
  readonly showDiff: boolean;
  readonly out: (text: string) => void;
};

/** A task on the screen: its tally, its row once it is drawn, the texts to print when it is through. */
type Drawn = {
  readonly tally: Tally;
  row?: Row;
  readonly end: () => void;
  readonly ended: Promise<void>;
  readonly texts: string[];
  now: number;
};

type State = { readonly open: Map<number, Drawn>; queue: Promise<void> };

function drawn(tally: Tally): Drawn {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { tally, end, ended, texts: [], now: tally.started };
}

function refresh(d: Drawn, options: TreeOptions): void {
  if (!d.row) return;
  d.row.title = tallyLine(d.tally, d.now, options.paint);
  d.row.output = runningLine(d.tally);
}

/** Draws one task as a list of one row; the list ends with the task, and what belongs below it is printed then. */
async function draw(d: Drawn, options: TreeOptions): Promise<void> {
  const troubled = (): boolean =>
    [...d.tally.ended.values()].some((s) => s === 'failed' || s === 'unreachable');
  const list = new Listr(
    [
      {
        title: tallyLine(d.tally, d.now, options.paint),
        task: async (_, row) => {
          d.row = row as unknown as Row;
          refresh(d, options);
          await d.ended;
          refresh(d, options);
          if (troubled()) throw new Error(d.row.title);
        },
      },
    ],
    {
      exitOnError: false,
      collectErrors: false,
      registerSignalListeners: false,
      rendererOptions: {
        showErrorMessage: false,
        collapseErrors: false,
        clearOutput: false,
        outputBar: 1,
        persistentOutput: false,
      } as never,
    },
  );
  await list.run().catch(() => undefined);
  for (const text of d.texts) options.out(text);
}

function begin(event: Extract<Event, { type: 'task-start' }>, state: State, options: TreeOptions): void {
  const before = state.open.get(event.task.id);
  if (before && !complete(before.tally)) return;
  const d = drawn(newTally(event));
  state.open.set(event.task.id, d);
  state.queue = state.queue.then(() => draw(d, options));
}

function textsOf(
  event: Extract<Event, { type: 'host-result' | 'item-result' }>,
  options: TreeOptions,
): string[] {
  const { result, status, task } = event;
  const isDebug = /(^|\.)debug$/.test(task.action);
  const out: string[] = [];
  const itemised =
    event.type === 'host-result' && event.loop && Array.isArray(result.results) && result.results.length > 0;
  if (itemised) return out;
  if (options.showDiff) out.push(diffText(result, options.paint));
  const item = event.type === 'item-result' ? ` (item=${event.label})` : '';
  if (event.type === 'host-result' && event.error) out.push(renderError(event.error));
  else if (status === 'failed' || status === 'unreachable')
    out.push(
      options.paint(status, `    ${event.host}${item}: ${String(result.msg ?? '')}`),
      ...outputs(result),
    );
  else if ((isDebug && result._ansible_verbose_always === true) || options.verbosity > 0)
    out.push(
      `    ${event.host}${item} => ${dump(printable(result, options.verbosity, isDebug), options.verbosity >= 3 ? 4 : undefined)}`,
    );
  return out.filter((t) => t !== '');
}

function outputs(result: Record<string, unknown>): string[] {
  return ['stdout', 'stderr'].flatMap((name) =>
    typeof result[name] === 'string' && result[name] !== ''
      ? [`      ${name}: ${String(result[name]).trimEnd().split('\n').join('\n      ')}`]
      : [],
  );
}

function note(event: Event, state: State, options: TreeOptions): void {
  if (!('task' in event) || !('host' in event)) return;
  const d = state.open.get(event.task.id);
  if (!d) return;
  d.now = event.time;
  if (event.type === 'host-start') d.tally.running.add(event.host);
  if (event.type === 'item-result') d.tally.notes.set(event.host, `(${event.label})`);
  if (event.type === 'retry') d.tally.notes.set(event.host, `(${event.left} retries left)`);
  if (event.type === 'progress') d.tally.notes.set(event.host, event.text);
  if (event.type === 'item-result' || event.type === 'host-result') d.texts.push(...textsOf(event, options));
  if (event.type === 'host-result') d.tally.ended.set(event.host, event.ignored ? 'ignored' : event.status);
  refresh(d, options);
  if (complete(d.tally)) d.end();
}

/** Ends what is still open: includes and run_once tasks do not report every host. */
function settle(state: State): void {
  for (const d of state.open.values()) d.end();
}

type Say = (text: string) => void;

/** What is said between tasks: plays, warnings, the recap. */
function announce(event: Event, say: Say, { paint }: TreeOptions): void {
  if (event.type === 'play-start') {
    const size = `${event.hosts.length} host${event.hosts.length === 1 ? '' : 's'}${event.check ? ', check mode' : ''}`;
    say(`\nPLAY ${event.name}  ${paint('verbose', size)}`);
  }
  if (event.type === 'no-hosts-matched') say('  no hosts matched');
  if (event.type === 'no-hosts-remaining') say(paint('failed', 'no hosts left'));
  if (event.type === 'warning') say(paint('warning', `  warning: ${event.text}`));
  if (event.type === 'deprecation') say(paint('warning', `  deprecated: ${event.text}`));
  if (event.type === 'recap') recap(event, say, paint);
}

function recap(event: Extract<Event, { type: 'recap' }>, say: Say, paint: Paint): void {
  say('');
  for (const host of [...event.stats.keys()].sort()) say(recapWords(host, event.stats.get(host)!, paint));
  say(paint('verbose', `${(event.time / 1000).toFixed(1)} s`));
}

/** Ends the rows that a new task of all hosts leaves behind; under the free strategy each host has its own. */
function supersede(event: Extract<Event, { type: 'task-start' }>, state: State): void {
  for (const [id, d] of state.open) if (id !== event.task.id && d.tally.hosts.length > 1) d.end();
}

/** A live tree for terminals: a line per task with the state of its hosts, the current one moving. */
export function tree(options: TreeOptions): Reporter {
  const state: State = { open: new Map(), queue: Promise.resolve() };
  const say: Say = (text) => {
    state.queue = state.queue.then(() => options.out(text));
  };
  const listen = (event: Event): void => {
    switch (event.type) {
      case 'asking':
        settle(state);
        say(event.text);
        return;
      case 'play-start':
      case 'no-hosts-matched':
      case 'no-hosts-remaining':
      case 'recap':
      case 'included':
        settle(state);
        announce(event, say, options);
        return;
      case 'warning':
      case 'deprecation':
        announce(event, say, options);
        return;
      case 'task-start':
        if (event.task.action === 'meta') return;
        supersede(event, state);
        begin(event, state, options);
        return;
      case 'host-start':
      case 'item-result':
      case 'host-result':
      case 'retry':
      case 'progress':
        note(event, state, options);
        return;
      case 'run-start':
      case 'playbook-start':
      case 'vars-prompt':
      case 'handler-notified':
      case 'reach':
      case 'async':
      case 'run-end':
        return;
    }
  };
  const done = (): Promise<void> => {
    settle(state);
    return state.queue;
  };
  return { listen, done };
}
