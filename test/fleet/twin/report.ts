/** What the standard output says of one task: its name and, sorted, one line per host or loop item. */
export type TaskReport = { readonly task: string; readonly lines: readonly string[] };

const HEAD = /^(?:TASK|RUNNING HANDLER) \[(.*)\] \*+$/;
const LINE = /^(ok|changed|skipping|failed|fatal|included): (?:\[?[^\s\]]+\]?)(?: => \(item=.*?\)(?= =>|$))?/;

/** Reads ansible-playbook's standard output: tasks in order, and in each what every host and item came to. */
export function readReport(output: string): TaskReport[] {
  const tasks: { task: string; lines: string[] }[] = [];
  for (const line of output.split('\n')) {
    const head = line.match(HEAD);
    if (head) tasks.push({ task: head[1]!, lines: [] });
    const found = line.match(LINE);
    if (found) tasks.at(-1)?.lines.push(found[0].trim());
  }
  return tasks.map(({ task, lines }) => ({ task, lines: lines.sort() }));
}

/** The recap's lines with single blanks, sorted by host. */
export function readRecap(output: string): string[] {
  const [, recap = ''] = output.split(/^PLAY RECAP \*+$/m);
  return recap
    .split('\n')
    .filter((line) => / : ok=/.test(line))
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .sort();
}

/** How many changes the recap counts over all hosts. */
export function changes(output: string): number {
  return readRecap(output).reduce((sum, line) => sum + Number(line.match(/changed=(\d+)/)?.[1]), 0);
}
