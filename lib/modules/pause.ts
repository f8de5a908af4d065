import { setTimeout as sleep } from 'node:timers/promises';
import { FfeError } from '../errors/error.js';
import type { Json } from '../values/json.js';
import { reprString } from '../values/print.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type RunInfo } from './module.js';
import type { Keys } from './operator.js';

const args = {
  minutes: { type: 'raw', doc: 'How long to pause; fractions are left out.' },
  seconds: { type: 'raw', doc: 'How long to pause, at least one; fractions are left out.' },
  prompt: { type: 'str', doc: 'What to ask for; the answer ends the pause.' },
  echo: { type: 'bool', default: true, doc: 'Show what is typed.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** Numbers as Python's int() takes them: a text must be whole, a float loses its fraction. */
function whole(name: string, value: Json): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Math.trunc(Number(value));
  if (typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value)) return Number(value);
  const [kind, why] =
    typeof value === 'string'
      ? ['str', `invalid literal for int() with base 10: ${reprString(value)}`]
      : [Array.isArray(value) ? 'list' : 'dict', 'a number is needed'];
  throw new FfeError(
    'bad-value',
    `argument '${name}' is of type <class '${kind}'> and we were unable to convert to int: ${why}`,
  );
}

function secondsOf(a: Args): number | undefined {
  if (a.seconds !== undefined && a.seconds !== null) return Math.max(1, whole('seconds', a.seconds as Json));
  if (a.minutes === undefined || a.minutes === null) return undefined;
  return Math.max(1, whole('minutes', a.minutes as Json) * 60);
}

/** A number rounded to hundredths, with a fraction as a float has in Python. */
function hundredths(n: number): string {
  const rounded = Math.round(n * 100) / 100;
  return Number.isInteger(rounded) ? `${rounded}.0` : String(rounded);
}

/** A time as Python prints it. */
function stamp(at: Date): string {
  const two = (n: number, width = 2) => String(n).padStart(width, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${date} ${time}.${two(at.getMilliseconds() * 1000, 6)}`;
}

const QUESTION = 'Press enter to continue, Ctrl+C to interrupt';
const CTRL_C = '\x03';
const RUBOUTS: ReadonlySet<string> = new Set(['\x7f', '\b']);

/** After Ctrl-C: whether the play goes on. */
async function goesOn(keys: Keys, say: (text: string) => void): Promise<boolean> {
  say("Press 'C' to continue the play or 'A' to abort ");
  for (;;) {
    const key = (await keys.next())?.toLowerCase();
    if (key === 'c') return true;
    if (key === 'a' || key === undefined || key === CTRL_C) return false;
  }
}

/** What is typed until Enter; undefined when the person aborts. */
async function typed(keys: Keys, echo: boolean, say: (text: string) => void): Promise<string | undefined> {
  let text = '';
  for (;;) {
    const key = await keys.next();
    if (key === CTRL_C) return (await goesOn(keys, say)) ? text : undefined;
    if (key === undefined || key === '\r' || key === '\n') {
      keys.write('\n');
      return text;
    }
    if (!RUBOUTS.has(key)) {
      text += key;
      if (echo) keys.write(key);
    } else if (text !== '') {
      text = [...text].slice(0, -1).join('');
      if (echo) keys.write('\b \b');
    }
  }
}

/** Waits; keys but Ctrl-C mean nothing. False when the person aborts. */
async function waited(ms: number, keys: Keys | undefined, info: RunInfo): Promise<boolean> {
  const end = new AbortController();
  const timer = sleep(ms, 'over' as const, { signal: AbortSignal.any([info.signal, end.signal]) });
  timer.catch(() => {}); // ended early
  const interrupted = async (): Promise<boolean> => {
    for (;;) {
      const key = await keys!.next();
      if (key === CTRL_C) return goesOn(keys!, info.say);
      if (key === undefined) return timer.then(() => true);
    }
  };
  try {
    return await (keys ? Promise.race([timer.then(() => true), interrupted()]) : timer.then(() => true));
  } finally {
    end.abort();
  }
}

type Ended = { readonly text?: string; readonly warning?: string };

/** Shows what is waited for and waits. `text` is undefined when the person aborts. */
async function hold(a: Args, wait: number | undefined, info: RunInfo, keys?: Keys): Promise<Ended> {
  const hidden = a.echo ? '' : ' (output is hidden)';
  const question = `[${info.title.trim()}]\n${a.prompt || QUESTION}${hidden}:`;
  if (wait === undefined) {
    info.say(question);
    if (keys) return { text: await typed(keys, a.echo, info.say) };
    return { text: '', warning: 'Not waiting for response to prompt as stdin is not interactive' };
  }
  info.say(`Pausing for ${wait} seconds${hidden}`);
  info.say("(ctrl+C then 'C' = continue early, ctrl+C then 'A' = abort)\r");
  if (a.prompt) info.say(question);
  return { text: (await waited(wait * 1000, keys, info)) ? '' : undefined };
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
    echo: 'whether what was typed was shown',
    stdout: 'how long it was, in words',
    stop: 'when it ended',
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
    const ended = info.operator
      ? await info.operator.typing((keys) => hold(a, wait, info, keys))
      : await hold(a, wait, info);
    if (ended.text === undefined) return { changed: false, failed: true, msg: 'user requested abort!' };
    const stop = new Date();
    const delta = Math.trunc((stop.getTime() - start.getTime()) / 1000);
    const minutes = typeof a.seconds !== 'number' && typeof a.seconds !== 'string';
    const length = (stop.getTime() - start.getTime()) / (minutes ? 60_000 : 1000);
    return {
      changed: false,
      rc: 0,
      stdout: `Paused for ${hundredths(length)} ${minutes ? 'minutes' : 'seconds'}`,
      stderr: '',
      start: stamp(start),
      stop: stamp(stop),
      delta,
      echo: a.echo,
      user_input: ended.text,
      ...(ended.warning === undefined ? {} : { warnings: [ended.warning] }),
    };
  },
});
