import type { Crontab } from './crontab.js';

/** NAME = VALUE of crontab(5); the name may be quoted. A line of a job has a blank before any equals sign. */
const ASSIGNMENT = /^\s*(?:"([^"]*)"|'([^']*)'|([^\s='"#]+))\s*=\s*(.*?)\s*$/;

type Assignment = { readonly name: string; readonly value: string };

/** The variable that a line sets, if it does. */
export function assignment(line: string): Assignment | undefined {
  const [, double, single, plain, value] = ASSIGNMENT.exec(line) ?? [];
  const name = double ?? single ?? plain;
  return name === undefined || value === undefined ? undefined : { name, value };
}

/** The names of the variables that a crontab sets. */
export function assigned(lines: Crontab['lines']): string[] {
  return lines.flatMap((line) => assignment(line)?.name ?? []);
}

/** Where a new variable goes: beside another one; to the top without it. */
export type Beside = { readonly after?: string; readonly before?: string };

/** The lines with the variable's value as it is wished, undefined when there is no variable to put it beside. */
export function assign(
  lines: Crontab['lines'],
  { name, value }: Assignment,
  beside: Beside,
): readonly string[] | undefined {
  const fresh = `${name}=${value}`;
  if (assigned(lines).includes(name))
    return lines.map((line) => {
      const found = assignment(line);
      return found?.name === name && found.value !== value ? fresh : line;
    });
  const other = beside.before ?? beside.after;
  if (other === undefined) return [fresh, ...lines];
  const at = lines.findIndex((line) => assignment(line)?.name === other);
  if (at < 0) return undefined;
  return lines.toSpliced(beside.before === undefined ? at + 1 : at, 0, fresh);
}

/** The lines without the variable. */
export function unassign(lines: Crontab['lines'], name: string): readonly string[] {
  return lines.filter((line) => assignment(line)?.name !== name);
}
