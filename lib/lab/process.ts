import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number: `start` is in clock ticks since boot. */
export type ProcessId = { pid: number; start: number };

/** When a process started, in clock ticks since boot (proc(5), field 22 of stat); undefined when it is gone. */
export function startTicks(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

/** The identity of this very process. */
export function thisProcess(): ProcessId {
  return { pid: process.pid, start: startTicks(process.pid) ?? 0 };
}

/** Whether that process, and not another one with its number, still runs. */
export function isAlive(id: ProcessId): boolean {
  return startTicks(id.pid) === id.start;
}

/** Seconds since a process started; undefined when it is gone. Linux counts 100 ticks a second for every program. */
export function ageSeconds(pid: number): number | undefined {
  const ticks = startTicks(pid);
  if (ticks === undefined) return undefined;
  return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) - ticks / 100;
}

/** Names the current boot of this machine, so that state of an earlier boot can be told. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
