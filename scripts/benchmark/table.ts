import { median } from './measure.js';

/** Seconds by program, for one kind of run. */
export type Times = ReadonlyMap<string, readonly number[]>;

const seconds = (value: number): string => value.toFixed(2).padStart(9);

/** A table of medians with the spread, and how many times the first program's median each takes. */
export function table(title: string, times: Times, unit: string): string[] {
  const reference = median(times.get(unit) ?? []);
  const head = `${title.padEnd(24)}${'median s'.padStart(9)}${'least'.padStart(9)}${'most'.padStart(9)}   x ${unit}`;
  const rows = [...times].map(([name, values]) => {
    const ratio = (median(values) / reference).toFixed(2);
    return `  ${name.padEnd(22)}${seconds(median(values))}${seconds(Math.min(...values))}${seconds(Math.max(...values))}   ${ratio}`;
  });
  return [head, ...rows];
}

/** The two ratios that matter: ours to the script written by hand, Ansible's to ours. */
export function ratios(times: Times): string[] {
  const of = (name: string): number => median(times.get(name) ?? []);
  const ours = of('ffe-provision');
  const lines = times.has('floor.sh')
    ? [`  ours : floor                 ${(ours / of('floor.sh')).toFixed(2)}`]
    : [];
  for (const name of times.keys())
    if (name.startsWith('ansible'))
      lines.push(`  ${`${name} : ours`.padEnd(29)}${(of(name) / ours).toFixed(1)}`);
  return lines;
}
