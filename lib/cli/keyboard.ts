import { readFileSync } from 'node:fs';
import type { Keys, Operator } from '../modules/operator.js';

/** Whether this process may read the terminal: in the background that would stop it. */
function inForeground(): boolean {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[2] === fields[5]; // process group, and that of the terminal's foreground
  } catch {
    return true;
  }
}

/** The keys that are pressed, one by one; what nobody has asked for yet waits. */
function keysOf(input: NodeJS.ReadStream): { readonly keys: Keys; readonly stop: () => void } {
  const pressed: string[] = [];
  const waiting: ((key: string | undefined) => void)[] = [];
  const state = { ended: false };
  const hear = (chunk: Buffer): void => {
    pressed.push(...chunk.toString('utf8'));
    while (pressed.length > 0 && waiting.length > 0) waiting.shift()!(pressed.shift());
  };
  const end = (): void => {
    state.ended = true;
    for (const give of waiting.splice(0)) give(undefined);
  };
  input.on('data', hear).once('end', end);
  const next = (): Promise<string | undefined> => {
    if (pressed.length > 0) return Promise.resolve(pressed.shift());
    return state.ended ? Promise.resolve(undefined) : new Promise((give) => waiting.push(give));
  };
  const stop = (): void => void input.off('data', hear).off('end', end);
  return { keys: { next, write: (text) => void process.stdout.write(text) }, stop };
}

/** The person at the terminal; undefined where standard input is none, or belongs to another program just now. */
export function operatorAt(input: NodeJS.ReadStream = process.stdin): Operator | undefined {
  if (input.isTTY !== true || !inForeground()) return undefined;
  return {
    typing: async (use) => {
      input.setRawMode(true);
      input.resume();
      const { keys, stop } = keysOf(input);
      try {
        return await use(keys);
      } finally {
        stop();
        input.setRawMode(false);
        input.pause();
      }
    },
  };
}
