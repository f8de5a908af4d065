import type { Step } from './actions/compiled.js';
import { FUNCTIONS } from './actions/functions.js';
import { compile } from './queries/compile.js';
import type { Answered } from './queries/part.js';
import type { Query } from './queries/query.js';
import { cutShort, newMarks, prelude, type SectionOutput, splitSections } from './sections.js';
import type { Shell } from './shell.js';

/** What came back from one round trip: outputs of the steps that were performed, answers when all succeeded. */
export type Trip = {
  readonly steps: SectionOutput[];
  readonly failed: boolean;
  readonly answered: Answered[];
};

/**
 * One round trip: performs steps in order until one fails, then answers queries when none did.
 * Rejects when the shell is lost, or when the script ended early.
 */
export async function travel(shell: Shell, steps: readonly Step[], queries: readonly Query[]): Promise<Trip> {
  const marks = newMarks();
  const asked = compile(queries);
  const text = [
    prelude(marks),
    ...(steps.length === 0 ? [] : [FUNCTIONS]),
    'for one in 1; do\n',
    ...steps.map(performed),
    asked.sections.length === 0
      ? ''
      : `{\n${asked.sections.map((s) => `{ ${s}\n}; E $?\n`).join('')}} </dev/null\n`,
    'done; exit 0\n',
  ].join('');
  const reply = await shell.run({ text, input: inputOf(steps) });
  const outputs = splitSections(reply, marks);
  const done = outputs.slice(0, steps.length);
  const failed = done.some((output, i) => !succeeded(steps[i]!, output));
  if (outputs.length < (failed ? 1 : steps.length + asked.sections.length)) throw cutShort(reply, marks);
  return { steps: done, failed, answered: failed ? [] : asked.read(outputs.slice(steps.length), marks) };
}

function performed(step: Step): string {
  const good = (step.ok ?? [0]).join('|');
  return `{ ${step.source}\n}; r=$?; E $r; case $r in ${good === '' ? '-' : good}) ;; *) break ;; esac\n`;
}

function succeeded(step: Step, output: SectionOutput): boolean {
  return (step.ok ?? [0]).includes(output.rc);
}

function inputOf(steps: readonly Step[]): Uint8Array | undefined {
  const inputs = steps.flatMap((step) => (step.input === undefined ? [] : [step.input]));
  return inputs.length > 1 ? Buffer.concat(inputs) : inputs[0];
}
