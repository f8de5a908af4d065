import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Lab } from '../../../lib/lab/index.js';
import { type Ended, type Options, runOurs, withScratch, writeInventory } from '../twin/programs.js';

/** A playbook as data, what else is on the command line, and variables that every host gets. */
export type Case = Options & {
  readonly plays: readonly unknown[];
  readonly vars?: Readonly<Record<string, string>>;
};

/** Runs plays on a lab by the command line, as an operator does. */
export function runPlays(lab: Lab, { plays, vars, ...options }: Case): Promise<Ended> {
  return withScratch((folder) => {
    const file = join(folder, 'play.yml');
    writeFileSync(file, typeof plays[0] === 'string' ? plays[0] : stringify(plays));
    const inventory = writeInventory(lab, folder, {}, vars);
    return runOurs(['-i', inventory, ...(options.args ?? []), file], { cwd: folder, ...options, args: [] });
  });
}

/** A play of these tasks on hosts (default all), without facts. */
export function playOf(tasks: readonly unknown[], more: object = {}): object {
  return { hosts: 'all', gather_facts: false, ...more, tasks };
}

/** Calls work once, when the output first has these words. */
export function when(words: string, work: (pid: number) => void): NonNullable<Options['onOutput']> {
  const done = { yet: false };
  return (text, pid) => {
    if (done.yet || !text.includes(words)) return;
    done.yet = true;
    work(pid);
  };
}

/** The counts of a host in the recap, such as `ok=1 changed=0 unreachable=1 failed=0`. */
export function recapOf(ended: Ended, host: string): string {
  const line = ended.stdout.match(new RegExp(`^${host}\\s+: (ok=.*?failed=\\d+)`, 'm'))?.[1] ?? 'none';
  return line.replace(/\s+/g, ' ');
}
