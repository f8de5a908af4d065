import { setTimeout as sleep } from 'node:timers/promises';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type RunInfo } from './module.js';

const args = {
  minutes: { type: 'int', doc: 'How long to pause.' },
  seconds: { type: 'int', doc: 'How long to pause.' },
  prompt: { type: 'str', doc: 'What to ask for; the answer ends the pause.' },
  echo: { type: 'bool', default: true, doc: 'Show what is typed.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function secondsOf(a: Args): number | undefined {
  return a.seconds ?? (a.minutes === undefined ? undefined : a.minutes * 60);
}

/** A time as Python prints it. */
function stamp(at: Date): string {
  const two = (n: number, width = 2) => String(n).padStart(width, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${date} ${time}.${two(at.getMilliseconds() * 1000, 6)}`;
}

async function answer(a: Args, info: RunInfo): Promise<{ text: string; warning?: string }> {
  if (!info.prompt)
    return { text: '', warning: 'Not waiting for response to prompt as stdin is not interactive' };
  const question = a.prompt ?? 'Press enter to continue, Ctrl+C to interrupt';
  return { text: await info.prompt(`${question}${a.echo ? '' : ' (output is hidden)'}:`, { echo: a.echo }) };
}

/** Waits for a time or for an answer. */
export const pause = defineModule({
  name: 'pause',
  summary: 'Waits for a time, or for the person at the terminal.',
  args,
  rules: { mutuallyExclusive: [['minutes', 'seconds']] },
  once: true,
  local: true,
  check: 'handled',
  returns: {
    user_input: 'What was typed.',
    start: 'When the pause began; stop says when it ended.',
    delta: 'How many seconds it was.',
  },
  examples: `- ansible.builtin.pause:
    seconds: 5
`,
  run: async (info) => {
    const a = info.args;
    const wait = secondsOf(a);
    const start = new Date();
    const typed: { text: string; warning?: string } =
      wait === undefined ? await answer(a, info) : { text: '' };
    if (wait !== undefined && wait > 0) await sleep(wait * 1000, undefined, { signal: info.signal });
    const stop = new Date();
    const delta = Math.trunc((stop.getTime() - start.getTime()) / 1000);
    const minutes = a.minutes !== undefined && a.seconds === undefined;
    const length = (stop.getTime() - start.getTime()) / (minutes ? 60_000 : 1000);
    return {
      changed: false,
      rc: 0,
      stdout: `Paused for ${Math.round(length * 100) / 100} ${minutes ? 'minutes' : 'seconds'}`,
      stderr: '',
      start: stamp(start),
      stop: stamp(stop),
      delta,
      echo: a.echo,
      user_input: typed.text,
      ...(typed.warning === undefined ? {} : { warnings: [typed.warning] }),
    };
  },
});
