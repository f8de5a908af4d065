import type { Event, Listener, TaskInfo } from '../engine/event.js';

/**
 * What of the time of a run is told: Ansible's callback plug-ins `timer`, `profile_tasks` and `profile_roles`, and
 * `shares`, which says how much of it packages and services took.
 */
export const TIMINGS = ['timer', 'profile_tasks', 'profile_roles', 'shares'] as const;
export type Timing = (typeof TIMINGS)[number];

/** A task, when it began and how long it took, in milliseconds. */
type Span = { readonly task: TaskInfo; readonly from: number; took: number };

const COLUMNS = 79;
const SHOWN = 20;

function filled(text: string, char: string): string {
  const before = text === '' ? '' : `${text} `;
  return `${before}${char.repeat(Math.max(3, COLUMNS - before.length))} `;
}

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');

/** Milliseconds as `H:MM:SS.mmm`. */
function clock(ms: number): string {
  const s = ms / 1000;
  const thousandths = String(Math.floor(ms) % 1000).padStart(3, '0');
  return `${Math.floor(s / 3600)}:${two((s / 60) % 60)}:${two(s % 60)}.${thousandths}`;
}

function row(name: string, ms: number): string {
  return `${`${name} `.padEnd(COLUMNS - 9, '-')}${` ${(ms / 1000).toFixed(2)}s`.padStart(9, '-')}`;
}

function stamp(now: Date, last: number, total: number): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    now.toLocaleString('en-GB', { ...options, timeZone: 'UTC' });
  const day = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })} ${part({ year: 'numeric' })}`;
  const time = part({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  return filled(`${day}  ${time} +0000 (${clock(last)})${' '.repeat(7)}${clock(total)}`, '*');
}

const titleOf = ({ role, name }: TaskInfo): string => (role ? `${role} : ${name}` : name);

/** Sums by name, longest first. */
function sums(spans: readonly Span[], nameOf: (task: TaskInfo) => string): [string, number][] {
  const out = new Map<string, number>();
  for (const { task, took } of spans) out.set(nameOf(task), (out.get(nameOf(task)) ?? 0) + took);
  return [...out].sort(([, a], [, b]) => b - a);
}

function taskLines(spans: readonly Span[]): string[] {
  const longest = spans.toSorted((a, b) => b.took - a.took).slice(0, SHOWN);
  return [filled('', '='), ...longest.map(({ task, took }) => row(titleOf(task), took))];
}

function roleLines(spans: readonly Span[]): string[] {
  const all = spans.reduce((sum, { took }) => sum + took, 0);
  const rows = sums(spans, ({ role, action }) => role ?? action).map(([name, ms]) => row(name, ms));
  return [filled('', '='), ...rows, filled('', '~'), row('total', all)];
}

function timerLine(ms: number): string {
  const s = Math.floor(ms / 1000);
  const [days, hours, minutes] = [s / 86400, (s / 3600) % 24, (s / 60) % 60].map(Math.floor);
  return `Playbook run took ${days} days, ${hours} hours, ${minutes} minutes, ${s % 60} seconds`;
}

const WAITS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['apt', 'package', 'apt_repository', 'apt_key'].map((name) => [name, 'packages'])),
  ...Object.fromEntries(
    ['service', 'systemd', 'systemd_service', 'sysvinit', 'wait_for', 'reboot'].map((name) => [
      name,
      'services',
    ]),
  ),
};

function sharesLine(spans: readonly Span[], ms: number): string {
  const took = new Map([...sums(spans, ({ action }) => WAITS[action.replace(/^.*\./, '')] ?? 'the rest')]);
  const share = (name: string): string => {
    const spent =
      name === 'the rest'
        ? ms - (took.get('packages') ?? 0) - (took.get('services') ?? 0)
        : (took.get(name) ?? 0);
    return `${name} ${(spent / 1000).toFixed(1)} s (${ms > 0 ? Math.round((100 * spent) / ms) : 0} %)`;
  };
  return `Playbook run took ${(ms / 1000).toFixed(1)} s: ${['packages', 'services', 'the rest'].map(share).join(', ')}`;
}

/** Tells, behind what another listener prints, how long tasks, roles and the run took. */
export function timed(listen: Listener, wanted: readonly Timing[], out: (text: string) => void): Listener {
  const spans: Span[] = [];
  const profiles = wanted.filter((one) => one === 'profile_tasks' || one === 'profile_roles');
  const end = ({ time }: Event): number => {
    const last = spans.at(-1);
    if (last && last.took === 0) last.took = time - last.from;
    return last?.took ?? 0;
  };
  const say = (one: Timing, event: Event, last: number): void => {
    if (one === 'timer') {
      out(timerLine(event.time));
      return;
    }
    if (one === 'shares') {
      out(sharesLine(spans, event.time));
      return;
    }
    const lines = one === 'profile_tasks' ? taskLines(spans) : roleLines(spans);
    out([stamp(new Date(), last, event.time), ...lines].join('\n'));
  };
  return (event) => {
    listen(event);
    if (event.type === 'task-start') {
      const last = end(event);
      for (const _ of profiles) out(stamp(new Date(), last, event.time));
      spans.push({ task: event.task, from: event.time, took: 0 });
    } else if (event.type === 'recap') {
      const last = end(event);
      for (const one of wanted) say(one, event, last);
    }
  };
}
