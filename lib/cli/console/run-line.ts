import { createRun, runPlaybooks } from '../../engine/run.js';
import type { Run, Surroundings } from '../../engine/state.js';
import { renderError } from '../../errors/render.js';
import type { Module } from '../../modules/module.js';
import { loadAdHoc } from '../../playbook/load.js';
import { minimal } from '../../report/minimal.js';
import type { Paint } from '../../report/paint.js';
import { type AdHoc, playOf } from '../exec/play-of.js';
import { interruptible } from '../interrupt.js';
import { COMMANDS } from './commands.js';
import type { ConsoleState } from './state.js';

/** What a console keeps from line to line: how it prints, where its play would stand, what hosts were told. */
export type Session = {
  readonly state: ConsoleState;
  readonly paint: Paint;
  readonly file: string;
  readonly stores: Run['stores'];
  readonly open: Surroundings['open'];
};

function helpText(state: ConsoleState, topic: string): string {
  const command = COMMANDS[topic];
  if (command) return `${command.usage}\n  ${command.doc}\n`;
  const module: Module | undefined = state.prepared.around.modules.get(topic);
  if (module) {
    const names = Object.entries(module.args).map(
      ([name, arg]) => `  ${name}${arg.required ? ' (required)' : ''}`,
    );
    return [module.summary, 'Parameters:', ...names, ''].join('\n');
  }
  if (topic !== '') return `${topic} is not a valid command, use ? to list all valid commands.\n`;
  const rows = Object.values(COMMANDS).map(({ usage, doc }) => `  ${usage.padEnd(28)} ${doc}`);
  return [
    'MODULE ARGUMENTS runs a module on the chosen hosts; any other line is for the shell there.',
    ...rows,
    `  ${'!COMMAND'.padEnd(28)} run a line with the shell, whatever its first word is`,
    `  ${'help [COMMAND|MODULE]'.padEnd(28)} say what it does`,
    '',
  ].join('\n');
}

function adHocOf(line: string, state: ConsoleState): AdHoc {
  const { pattern, timeout } = state;
  const [first = '', ...rest] = line.split(/\s+/);
  const known = !line.startsWith('!') && state.prepared.around.modules.has(first);
  const args = line.startsWith('!') ? line.slice(1).trim() : line;
  if (!known) return { pattern, module: 'shell', args, timeout };
  return {
    pattern,
    module: first,
    args: rest.length === 0 ? undefined : line.slice(first.length).trim(),
    timeout,
  };
}

async function runModule(adHoc: AdHoc, session: Session): Promise<void> {
  const { state, paint, stores, open } = session;
  const { verbosity, diff: showDiff } = state.options;
  const listen = minimal({
    out: (text) => state.out(text.endsWith('\n') ? text : `${text}\n`),
    err: state.err,
    verbosity,
    paint,
    showDiff,
    oneLine: false,
  });
  const { playbook } = loadAdHoc(playOf(adHoc), session.file, state.prepared.loading);
  const interrupt = interruptible();
  try {
    const { signal } = interrupt;
    const run = createRun({ ...state.prepared.around, options: state.options, listen, open, signal });
    for (const [host, store] of stores) run.stores.set(host, store);
    await runPlaybooks(run, [playbook]);
    for (const [host, store] of run.stores) stores.set(host, store);
  } finally {
    interrupt.done();
  }
}

/** Does what one line of a console says. Errors are printed; the console goes on. */
export async function runLine(line: string, session: Session): Promise<void> {
  const { state } = session;
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return;
  const [, first = '', arg = ''] = /^(\?|\S+)\s*(.*)$/s.exec(text)!;
  if (first === 'help' || first === '?') return state.out(helpText(state, arg));
  const command = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (command) return command.run(state, arg);
  try {
    await runModule(adHocOf(first === 'shell' ? `!${arg}` : text, state), session);
  } catch (error) {
    state.err(error instanceof DOMException ? 'interrupted' : renderError(error));
  }
}
