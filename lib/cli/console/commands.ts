import type { RunOptions } from '../../engine/options.js';
import { didYouMean } from '../../errors/suggest.js';
import { selectHosts } from '../../inventory/select.js';
import { type ConsoleState, chosenHosts, inventoryOf } from './state.js';

/** A command of the console itself: what it does, how it is written, its work. */
export type Command = {
  readonly doc: string;
  readonly usage: string;
  readonly run: (state: ConsoleState, arg: string) => void;
};

function set(state: ConsoleState, change: Partial<RunOptions>): void {
  state.options = { ...state.options, ...change };
}

/** A command that takes a whole number. */
function number(
  doc: string,
  name: string,
  least: number,
  use: (state: ConsoleState, n: number) => void,
): Command {
  const usage = `${name} NUMBER`;
  return {
    doc,
    usage,
    run: (state, arg) => {
      if (/^\d+$/.test(arg) && Number(arg) >= least) use(state, Number(arg));
      else state.err(`${usage}: a whole number from ${least} on, found '${arg}'`);
    },
  };
}

const YES = /^(1|true|yes|on|t|y)$/i;
const NO = /^(0|false|no|off|f|n)$/i;

/** A command that takes yes or no. */
function toggle(doc: string, name: string, use: (state: ConsoleState, on: boolean) => void): Command {
  const usage = `${name} yes|no`;
  return {
    doc,
    usage,
    run: (state, arg) => {
      if (YES.test(arg) || NO.test(arg)) use(state, YES.test(arg));
      else state.err(`${usage}: found '${arg}'`);
    },
  };
}

/** A command that takes a name. */
function word(doc: string, name: string, use: (state: ConsoleState, text: string) => void): Command {
  const usage = `${name} NAME`;
  return { doc, usage, run: (state, arg) => (arg === '' ? state.err(`usage: ${usage}`) : use(state, arg)) };
}

function changeDirectory(state: ConsoleState, arg: string): void {
  const pattern = arg === '' || arg === '/' || arg === '*' ? 'all' : arg;
  const { hosts } = selectHosts(inventoryOf(state), pattern, { limit: state.options.limit });
  const names = [...inventoryOf(state).groups.keys(), ...inventoryOf(state).hosts.keys()];
  if (hosts.length > 0 || pattern === 'all') state.pattern = pattern;
  else state.err(`no host matched${didYouMean(pattern, names)}`);
}

function list(state: ConsoleState, arg: string): void {
  if (arg === '') for (const host of chosenHosts(state)) state.out(`${host}\n`);
  else if (arg === 'groups') for (const group of inventoryOf(state).groups.keys()) state.out(`${group}\n`);
  else state.err(`Invalid option passed to "list": '${arg}' (list, or list groups)`);
}

const become = (state: ConsoleState, change: Partial<RunOptions['become']>): void =>
  set(state, { become: { ...state.options.become, ...change } });

function leave(state: ConsoleState): void {
  state.ended = true;
}

/** The commands of the console by name; everything else is a module, or a line for the shell. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  cd: { doc: 'choose hosts', usage: 'cd PATTERN (alone: all)', run: changeDirectory },
  list: { doc: 'print the chosen hosts, or the groups', usage: 'list [groups]', run: list },
  forks: number('how many hosts at a time', 'forks', 1, (state, forks) => set(state, { forks })),
  verbosity: number('how much is said', 'verbosity', 0, (state, verbosity) => set(state, { verbosity })),
  timeout: number('time limit of each task, in seconds; 0: none', 'timeout', 0, (state, n) => {
    state.timeout = n;
  }),
  become: toggle('become another user', 'become', (state, on) => become(state, { become: on })),
  become_user: word('the user to become', 'become_user', (state, user) => become(state, { user })),
  become_method: word('sudo, su or doas', 'become_method', (state, method) => become(state, { method })),
  remote_user: word('log in as this user', 'remote_user', (state, user) =>
    set(state, { connection: { ...state.options.connection, user } }),
  ),
  check: toggle('change nothing; say what would change', 'check', (state, check) => set(state, { check })),
  diff: toggle('show what changes in files', 'diff', (state, diff) => set(state, { diff })),
  exit: { doc: 'leave the console', usage: 'exit', run: leave },
  quit: { doc: 'the same', usage: 'quit', run: leave },
};
