import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { ansi, plain } from '../report/paint.js';
import { COMMANDS } from './console/commands.js';
import { history, keepHistory } from './console/history.js';
import { keptNodes } from './console/kept-nodes.js';
import { runLine, type Session } from './console/run-line.js';
import { type ConsoleState, inventoryOf, promptOf } from './console/state.js';
import { TASK_OPTIONS } from './exec/options.js';
import type { Io } from './io.js';
import { type Given, parseOptions } from './parse-flags.js';
import { coloured } from './reporter.js';
import { settingsOf } from './settings.js';
import { prepare } from './surroundings.js';
import { asRun, optionLines } from './view/options.js';

const HEAD = `Runs modules one after the other on hosts that stay connected; as ansible-console does.

Usage:
  ffe-provision console [PATTERN] [options]

Lines may also come through a pipe:
  echo 'ping' | ffe-provision console web -i inventory/prod.yml
`;

const INTRO = 'Welcome to the console. Type help or ? to list commands.\n\n';
const HISTORY = join(homedir(), '.ffe-provision_console_history');

type Streams = { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream };
type ConsoleGiven = Given<keyof typeof TASK_OPTIONS>;

function stateOf(
  given: ConsoleGiven,
  settings: Awaited<ReturnType<typeof settingsOf>>,
  io: Io,
): ConsoleState {
  const err = (text: string): void => io.err(`${text}\n`);
  const warn = (event: { type: string; text?: string }): void => {
    if (event.type === 'warning') err(`[WARNING]: ${event.text}`);
  };
  const idle = new AbortController();
  const prepared = prepare(settings, warn, { signal: idle.signal, done: () => undefined });
  const limit = Number(given.text('taskTimeout') ?? settings.config.number('TASK_TIMEOUT') ?? 0);
  return {
    pattern: given.words[0] ?? 'all',
    options: settings.options,
    timeout: Number.isInteger(limit) && limit > 0 ? limit : 0,
    ended: false,
    prepared,
    out: io.out,
    err,
  };
}

/** Completes commands and modules; behind cd, groups and hosts. */
function completer(state: ConsoleState): (line: string) => [string[], string] {
  return (line) => {
    const inventory = inventoryOf(state);
    const hosts = line.startsWith('cd ');
    const word = hosts ? line.slice(3) : line;
    const names = hosts
      ? [...inventory.groups.keys(), ...inventory.hosts.keys()]
      : [...Object.keys(COMMANDS), 'help', ...state.prepared.around.modules.keys()];
    return [[...new Set(names)].filter((name) => name.startsWith(word)).sort(), word];
  };
}

async function readLines(reader: Interface, session: Session): Promise<void> {
  const { state } = session;
  const user = userInfo().username;
  const ask = (): void => {
    reader.setPrompt(promptOf(state, user));
    reader.prompt();
  };
  reader.on('SIGINT', () => {
    state.out('\n');
    ask();
  });
  ask();
  for await (const line of reader) {
    await runLine(line, session);
    if (state.ended) break;
    ask();
  }
  if (!state.ended) state.out('\n');
}

async function converse(given: ConsoleGiven, io: Io, streams: Streams): Promise<number> {
  const settings = await settingsOf(asRun(given as Given<string>, TASK_OPTIONS));
  const state = stateOf(given, settings, io);
  if (given.on('listHosts')) {
    await runLine('list', { state } as Session);
    return 0;
  }
  const dir = given.text('playbookDir') ?? settings.config.text('PLAYBOOK_DIR') ?? '.';
  const nodes = keptNodes(state.prepared.around.open);
  const paint = coloured(given.on('noColor'), settings, io) ? ansi() : plain;
  const file = resolve(dir, '__console_playbook__');
  const terminal = streams.input === process.stdin && process.stdin.isTTY === true;
  const reader = createInterface({
    ...streams,
    terminal,
    completer: completer(state),
    history: terminal ? history(HISTORY) : [],
    historySize: 1000,
  });
  if (terminal) keepHistory(reader, HISTORY);
  io.out(INTRO);
  try {
    await readLines(reader, { state, paint, file, stores: new Map(), open: nodes.open });
  } finally {
    reader.close();
    await nodes.close();
  }
  return 0;
}

/** The verb `console`: reads lines from a terminal or a pipe and runs them on the chosen hosts. */
export async function consoleVerb(
  args: readonly string[],
  io: Io,
  streams: Streams = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const given = parseOptions(TASK_OPTIONS, args, 'ffe-provision console');
  if (!given.on('help')) return converse(given, io, streams);
  io.out(`${HEAD}\nOptions:\n${optionLines(TASK_OPTIONS)}\n`);
  return 0;
}
