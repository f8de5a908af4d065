import { basename, relative } from 'node:path';
import type { Event, HostStats, Listener, TaskInfo } from '../engine/event.js';
import { renderError } from '../errors/render.js';
import type { JsonObject } from '../values/json.js';
import { diffText } from './diff.js';
import { DEFAULT_DISPLAY, type Display } from './display.js';
import { dump, printable } from './dump.js';
import { type Paint, plain } from './paint.js';
import { recapLine } from './recap.js';
import { resultText } from './result-text.js';
import { warner, warningsOf } from './warning.js';
import { textWidth } from './width.js';

/** Where lines go, and how much is said. */
export type LineOptions = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly verbosity: number;
  readonly paint?: Paint;
  readonly showDiff?: boolean;
  readonly display?: Display;
  /** The settings' file, if one was read, told from -v on. */
  readonly config?: { readonly file?: string };
};

type HostEvent = Extract<Event, { type: 'host-result' | 'item-result' }>;

const COLUMNS = 79;

function banner(text: string): string {
  return `\n${text} ${'*'.repeat(Math.max(3, COLUMNS - textWidth(text)))}`;
}

const checkMark = (check: boolean, { display }: LineOptions): string =>
  check && display?.checkMarkers ? ' [CHECK MODE]' : '';

function titled(task: TaskInfo, options: LineOptions): string {
  const name = task.role ? `${task.role} : ${task.name}` : task.name;
  return `${task.handler ? 'RUNNING HANDLER' : 'TASK'} [${name}]${checkMark(task.check, options)}`;
}

function isDebug(task: TaskInfo): boolean {
  return /(^|\.)debug$/.test(task.action);
}

function hostLabel(event: HostEvent): string {
  // Of what is skipped Ansible names no delegate.
  const told = event.status !== 'skipped' && event.delegate !== event.host;
  return event.delegate && told ? `${event.host} -> ${event.delegate}` : event.host;
}

/** What stands behind `=>`: always for debug and failures, for others from -v on. */
function body(event: HostEvent, { verbosity, display = DEFAULT_DISPLAY }: LineOptions): string {
  const debug = isDebug(event.task);
  const always = event.result._ansible_verbose_always === true || verbosity >= 3;
  return resultText(printable(event.result, verbosity, debug), display.results, always);
}

function verbose(event: HostEvent, verbosity: number): boolean {
  return verbosity > 0 || event.result._ansible_verbose_always === true;
}

function startLine({ task, host }: Extract<Event, { type: 'host-start' }>): string {
  return ` [started TASK: ${task.role ? `${task.role} : ` : ''}${task.name} on ${host}]`;
}

/** One line of a host's or an item's result, as Ansible's default output has it. */
function resultLine(event: HostEvent, options: LineOptions): string {
  const label = hostLabel(event);
  const item = event.type === 'item-result' ? event.label : undefined;
  const shown = `(item=${item})`;
  if (event.status === 'unreachable') return `fatal: [${label}]: UNREACHABLE! => ${body(event, options)}`;
  if (event.status === 'failed')
    return item === undefined
      ? `fatal: [${label}]: FAILED! => ${body(event, options)}`
      : `failed: [${label}] ${shown} => ${body(event, options)}`;
  const word = event.status === 'skipped' ? 'skipping' : event.status;
  const tail = verbose(event, options.verbosity) ? ` => ${body(event, options)}` : '';
  if (item === undefined) return `${word}: [${label}]${tail}`;
  // Ansible leaves a space behind a skipped item.
  return `${word}: [${label}] => ${shown}${event.status === 'skipped' ? ' ' : ''}${tail}`;
}

function asyncLine({ state, host, jid }: Extract<Event, { type: 'async' }>): string {
  const line = `ASYNC ${state.toUpperCase()} on ${host}: jid=${jid}`;
  return state === 'poll' ? `${line} started=1 finished=0` : line;
}

type State = { shownTask: number; task?: TaskInfo; readonly warn: (text: string) => void };

function taskBanner(task: TaskInfo, state: State, options: LineOptions): void {
  if (state.shownTask === task.id) return;
  state.shownTask = task.id;
  options.out(banner(titled(task, options)));
  if (options.verbosity >= 2) options.out(`task path: ${task.pos.file}:${task.pos.line}`);
}

/** Where results may be hidden, a task is announced with the first one that is not. */
function taskStart(event: Extract<Event, { type: 'task-start' }>, state: State, options: LineOptions): void {
  const { ok, skipped } = options.display ?? DEFAULT_DISPLAY;
  state.task = event.task;
  if (ok && skipped) taskBanner(event.task, state, options);
}

function isHidden(event: HostEvent, { ok, skipped }: Display): boolean {
  if (event.status === 'ok') return !ok;
  return event.status === 'skipped' && !skipped;
}

function printResult(event: HostEvent, text: string, options: LineOptions): void {
  const { failedToStderr, pathOnFailure } = options.display ?? DEFAULT_DISPLAY;
  const bad = event.status === 'failed' || event.status === 'unreachable';
  const { file, line } = event.task.pos;
  if (event.type === 'host-result' && event.status === 'failed' && pathOnFailure)
    options.out(`task path: ${file}:${line}`);
  (bad && failedToStderr ? options.err : options.out)((options.paint ?? plain)(event.status, text));
}

function hostResult(event: HostEvent, options: LineOptions, state: State): void {
  const paint = options.paint ?? plain;
  const looped = event.type === 'host-result' && event.loop && Array.isArray(event.result.results);
  const itemised = looped && (event.result.results as unknown[]).length > 0;
  // What failed in a loop of debug is said once more.
  const failedDebug = event.status === 'failed' && isDebug(event.task);
  const line = !itemised || event.status === 'skipped' || failedDebug;
  const hidden = isHidden(event, options.display ?? DEFAULT_DISPLAY);
  if (line && !hidden) taskBanner(event.task, state, options);
  if ((options.showDiff || event.task.diff) && !itemised && event.result.changed !== false) {
    const text = diffText(event.result, paint, (options.display ?? DEFAULT_DISPLAY).diffContext);
    if (text !== '') options.out(text);
  }
  for (const text of warningsOf(event.result)) state.warn(text);
  if (line && !hidden) printResult(event, resultLine(looped ? withoutItems(event) : event, options), options);
  if (event.type === 'host-result' && event.ignored) options.out(paint('skipped', '...ignoring'));
  if (event.type === 'host-result' && event.error && !event.ignored) options.err(renderError(event.error));
}

/** The items of a loop have been printed one by one. */
function withoutItems(event: HostEvent): HostEvent {
  const { results: _, ...result } = event.result;
  return { ...event, result };
}

function printRecap(stats: ReadonlyMap<string, HostStats>, out: (text: string) => void, paint: Paint): void {
  out(banner('PLAY RECAP'));
  for (const host of [...stats.keys()].sort()) out(recapLine(host, stats.get(host)!, paint));
  out('');
}

/** What set_stats left: hosts first, then the run as a whole. */
function customStats(custom: JsonObject, out: (text: string) => void): void {
  if (Object.keys(custom).length === 0) return;
  out(banner('CUSTOM STATS: '));
  out(`\tRUN: ${dump(custom, undefined)}`);
  out('');
}

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

function retryLine({ task, host, left, result }: Of<'retry'>, verbosity: number): string {
  const name = task.role ? `${task.role} : ${task.name}` : task.name;
  const always = result._ansible_verbose_always === true;
  const seen = verbosity >= 3 || always ? `Result was: ${dump(printable(result, verbosity, false), 4)}` : '';
  return `FAILED - RETRYING: [${host}]: ${name} (${left} retries left).${seen}`;
}

function includedLine({ file, hosts, label }: Of<'included'>): string {
  return `included: ${file} for ${hosts.join(', ')}${label === undefined ? '' : ` => (item=${label})`}`;
}

function playbookLines({ file, plays }: Of<'playbook-start'>): string {
  return `${banner(`PLAYBOOK: ${basename(file)}`)}\n${plays} plays in ${relative(process.cwd(), file)}`;
}

/** What is said of the run's own doings from -vv on. */
function detail(event: Of<'handler-notified'> | Of<'meta'> | Of<'playbook-start'>): string {
  if (event.type === 'playbook-start') return playbookLines(event);
  return event.type === 'meta'
    ? `META: ${event.text}`
    : `NOTIFIED HANDLER ${event.handler} for ${event.host}`;
}

function included(event: Of<'included'>, state: State, options: LineOptions): void {
  if (state.task) taskBanner(state.task, state, options);
  options.out((options.paint ?? plain)('skipped', includedLine(event)));
}

function deprecated(text: string, { err, paint = plain, display = DEFAULT_DISPLAY }: LineOptions): void {
  if (display.deprecations) err(paint('warning', `[DEPRECATION WARNING]: ${text}`));
}

function recap({ stats, custom }: Of<'recap'>, { out, paint = plain, display }: LineOptions): void {
  printRecap(stats, out, paint);
  if (display?.customStats) customStats(custom, out);
  if (display?.dryRun) out(banner('DRY RUN'));
}

function playBanner({ name, check }: Of<'play-start'>, options: LineOptions): string {
  return banner(`${name === '' ? 'PLAY' : `PLAY [${name}]`}${checkMark(check, options)}`);
}

/** Says which file the settings come from, as Ansible's programs do from -v on. */
export function sayConfig({ config, verbosity, out }: LineOptions): void {
  if (config === undefined || verbosity === 0) return;
  out(
    config.file === undefined
      ? 'No config file found; using defaults'
      : `Using ${config.file} as config file`,
  );
}

function runStart(options: LineOptions): void {
  sayConfig(options);
  if (options.display?.dryRun) options.out(banner('DRY RUN'));
}

/** Prints a run as ansible-playbook's standard output does, line for line; warnings and error excerpts go to `err`. */
export function lines(options: LineOptions): Listener {
  const { out, err, verbosity } = options;
  const paint = options.paint ?? plain;
  const state: State = { shownTask: -1, warn: warner(err, paint) };
  return (event) => {
    switch (event.type) {
      case 'play-start':
        state.shownTask = -1;
        out(playBanner(event, options));
        return;
      case 'no-hosts-matched':
        out(paint('skipped', 'skipping: no hosts matched'));
        return;
      case 'no-hosts-remaining':
        out(banner('NO MORE HOSTS LEFT'));
        return;
      case 'task-start':
        taskStart(event, state, options);
        return;
      case 'item-result':
      case 'host-result':
        hostResult(event, options, state);
        return;
      case 'retry':
        out(retryLine(event, verbosity));
        return;
      case 'included':
        included(event, state, options);
        return;
      case 'warning':
        state.warn(event.text);
        return;
      case 'deprecation':
        deprecated(event.text, options);
        return;
      case 'recap':
        recap(event, options);
        return;
      case 'handler-notified':
      case 'meta':
      case 'playbook-start':
        if (verbosity >= 2) out(detail(event));
        return;
      case 'reach':
        return out(`<${event.host}> ${event.text}`);
      case 'asking':
      case 'async':
        return out(event.type === 'async' ? asyncLine(event) : event.text);
      case 'run-start':
        return runStart(options);
      case 'host-start':
        if (options.display?.hostStarts) out(paint('ok', startLine(event)));
        return;
      case 'run-end':
      case 'vars-prompt':
      case 'progress':
        return;
    }
  };
}
