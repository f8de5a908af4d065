import { FfeError } from '../errors/error.js';
import type { Become } from './become.js';
import type { Lane } from './lane.js';
import type { Channel } from './transport.js';

/** What a dialog needs: the lane on which prompts appear, and the channel that takes the password. */
export type Dialog = {
  readonly become: Become;
  readonly host: string;
  readonly prompt: string | RegExp;
  readonly channel: Channel;
  readonly err: Lane;
  /** Seconds; default 12. */
  readonly timeout?: number;
};

/** `refused` rejects with code 'become' and never resolves; `done` ends the dialog. */
export type Asked = { readonly refused: Promise<never>; done(): void };

function count(text: string, prompt: string | RegExp): number {
  if (typeof prompt === 'string') return text.split(prompt).length - 1;
  return prompt.test(text) ? 1 : 0;
}

/** Feeds the password at the first prompt, and says at the second that it was wrong. */
export function becomeDialog(dialog: Dialog): Asked {
  const { become, host, prompt, channel, err } = dialog;
  const { promise, reject } = defer();
  let fed = false;
  let over = false;
  const look = () => {
    const prompts = over ? 0 : count(err.partial().toString('utf8'), prompt);
    if (prompts === 0) return;
    if (become.password === undefined) return reject(missing(become, host));
    if (!fed) channel.stdin.write(`${become.password}\n`);
    else if (prompts > 1) reject(incorrect(become, host));
    fed = true;
  };
  err.watch(look);
  const seconds = dialog.timeout ?? 12;
  const timer = setTimeout(() => {
    const notes = [err.partial().toString('utf8').trim()].filter((line) => line !== '');
    reject(new FfeError('become', `${host}: ${become.method} did not answer within ${seconds} s`, { notes }));
  }, seconds * 1000);
  return {
    refused: promise,
    done: () => {
      over = true;
      clearTimeout(timer);
    },
  };
}

function defer(): { promise: Promise<never>; reject: (error: FfeError) => void } {
  let reject: (error: FfeError) => void = () => {};
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  promise.catch(() => {});
  return { promise, reject };
}

const incorrect = (become: Become, host: string) =>
  new FfeError('become', `${host}: incorrect ${become.method} password`, {
    hint: 'the password comes from ansible_become_password, or is asked for with -K',
  });

// doas takes a password from a terminal only, and a terminal would garble what the shell reads and writes.
const needsTerminal = (become: Become, host: string) =>
  new FfeError('become', `${host}: doas wants a password to become ${become.user}, which is not supported`, {
    hint: "allow it in the node's doas.conf: permit nopass USER as TARGET",
  });

const missing = (become: Become, host: string) =>
  new FfeError('become', `${host}: missing ${become.method} password to become ${become.user}`, {
    hint: 'set ansible_become_password, or run with -K to be asked for it',
  });

// What the programs say differs by language and version; only the common English forms get a better message.
/** The error for a method that ended instead of starting the shell; `said` is its standard error. */
export function becomeFailure(become: Become, host: string, said: string): FfeError {
  const text = said.replace(/\[become [0-9a-f]+\] password:\s*/g, '').trim();
  if (become.method === 'doas' && /Authentication (required|failed)|tty/i.test(text))
    return needsTerminal(become, host);
  if (/password is required|a terminal is required|Authentication required/i.test(text))
    return missing(become, host);
  if (/incorrect password|try again|Authentication failure/i.test(text))
    return become.password === undefined ? missing(become, host) : incorrect(become, host);
  if (/not found|No such file/i.test(text) && !/user/i.test(text)) {
    const hint = `install ${become.method} on the node, or choose another become_method`;
    return new FfeError('become', `${host}: ${become.method} is not installed`, { notes: [text], hint });
  }
  const lines = text.split('\n').filter((line) => !/audit plugin/.test(line));
  const last = lines.at(-1)?.trim() || 'it said nothing';
  return new FfeError('become', `${host}: cannot become ${become.user} by ${become.method}: ${last}`, {
    notes: text.includes('\n') ? [text] : [],
  });
}
