import type { Event, Status, TaskInfo } from '../engine/event.js';
import type { Paint } from './paint.js';

/** How a task stands: which hosts work on it, which are through, and how. */
export type Tally = {
  readonly task: TaskInfo;
  readonly hosts: readonly string[];
  readonly started: number;
  readonly running: Set<string>;
  readonly ended: Map<string, Status | 'ignored'>;
  /** The latest sign of life of a host: an item, a retry, progress. */
  readonly notes: Map<string, string>;
};

const SYMBOLS: Readonly<Record<Status | 'ignored', string>> = {
  ok: '✔',
  changed: '✎',
  skipped: '↷',
  failed: '✖',
  unreachable: '⚠',
  ignored: '✖',
};
const ORDER: readonly (Status | 'ignored')[] = [
  'ok',
  'changed',
  'skipped',
  'ignored',
  'failed',
  'unreachable',
];

/** Above this many hosts only counts and troubled hosts are shown, so that the screen stays calm. */
const NAMED = 12;

/** A tally for a task that begins. */
export function newTally(event: Extract<Event, { type: 'task-start' }>): Tally {
  return {
    task: event.task,
    hosts: event.hosts,
    started: event.time,
    running: new Set(),
    ended: new Map(),
    notes: new Map(),
  };
}

/** Whether every host is through. */
export function complete(tally: Tally): boolean {
  return tally.ended.size >= tally.hosts.length;
}

/** `role : name`, marked when it is a handler. */
export function titleOf(task: TaskInfo): string {
  const name = task.role ? `${task.role} : ${task.name}` : task.name;
  return task.handler ? `handler: ${name}` : name;
}

function seconds(ms: number): string {
  return ms < 950 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function tone(status: Status | 'ignored'): Parameters<Paint>[0] {
  return status === 'ignored' ? 'skipped' : status;
}

function counts(tally: Tally, paint: Paint): string[] {
  return ORDER.flatMap((status) => {
    const hosts = tally.hosts.filter((h) => tally.ended.get(h) === status);
    if (hosts.length === 0) return [];
    const many = tally.hosts.length > NAMED;
    const shown =
      many && (status === 'ok' || status === 'changed' || status === 'skipped')
        ? String(hosts.length)
        : hosts.slice(0, NAMED).join(' ') + (hosts.length > NAMED ? ` +${hosts.length - NAMED}` : '');
    return [paint(tone(status), `${SYMBOLS[status]} ${shown}`)];
  });
}

/** The title line of a task: its name, what became of its hosts, and how long it has taken. */
export function tallyLine(tally: Tally, now: number, paint: Paint): string {
  return [titleOf(tally.task), ...counts(tally, paint), paint('verbose', seconds(now - tally.started))].join(
    '  ',
  );
}

/** The line below: hosts that still work, with their latest sign of life. */
export function runningLine(tally: Tally): string {
  const working = tally.hosts.filter(
    (h) => !tally.ended.has(h) && (tally.running.size === 0 || tally.running.has(h)),
  );
  if (working.length === 0) return '';
  const shown = working.slice(0, NAMED).map((h) => (tally.notes.has(h) ? `${h} ${tally.notes.get(h)}` : h));
  return `waiting for ${shown.join(', ')}${working.length > NAMED ? ` and ${working.length - NAMED} more` : ''}`;
}
