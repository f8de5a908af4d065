import type { NodeStatus } from '../lab/index.js';

/** A time as people read it: `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function showSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** The table of `lab status`, one line per node. */
export function statusLines(nodes: readonly NodeStatus[]): string[] {
  const rows = nodes.map(({ name, address, state, uptime, memory }) => [
    name,
    address,
    state,
    uptime === undefined ? '-' : showSeconds(uptime),
    memory === undefined ? '-' : `${(memory / 2 ** 20).toFixed(0)} MiB`,
  ]);
  const all = [['NODE', 'ADDRESS', 'STATE', 'UPTIME', 'MEMORY'], ...rows];
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  return all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}
