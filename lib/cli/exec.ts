import { resolve } from 'node:path';
import { createRun, runPlaybooks } from '../engine/run.js';
import { FfeError } from '../errors/error.js';
import { selectHosts } from '../inventory/select.js';
import { loadAdHoc } from '../playbook/load.js';
import { minimal } from '../report/minimal.js';
import { ansi, plain } from '../report/paint.js';
import { EXEC_OPTIONS, type ExecGiven } from './exec/options.js';
import { type AdHoc, playOf } from './exec/play-of.js';
import { tree } from './exec/tree.js';
import { interruptible } from './interrupt.js';
import type { Io } from './io.js';
import { type Given, parseOptions } from './parse-flags.js';
import { coloured, displayOf, plugin } from './reporter.js';
import { type Settings, settingsOf } from './settings.js';
import { type Prepared, prepare } from './surroundings.js';
import { hasNoHosts } from './targets.js';
import { asRun, optionLines } from './view/options.js';

const HEAD = `Runs one module on the hosts that match, without a playbook; as ansible does.

Usage:
  ffe-provision exec PATTERN [-m MODULE] [-a ARGS] [options]

  ffe-provision exec all -m ping
  ffe-provision exec 'web:!web3' -a 'systemctl is-active nginx'
  ffe-provision exec db -b -m apt -a 'name=postgresql state=present' --check
`;

/** A file that is not there: where an ad hoc command's play would stand. */
const FILE = '__adhoc_playbook__';

function seconds(given: ExecGiven, name: 'background' | 'poll' | 'taskTimeout'): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new FfeError('usage', `--${EXEC_OPTIONS[name].names[0]} is a number of seconds, found '${text}'`);
}

function adHocOf(given: ExecGiven, { config }: Settings): AdHoc {
  const [pattern, more] = given.words;
  if (pattern === undefined || more !== undefined)
    throw new FfeError(
      'usage',
      pattern === undefined ? 'no pattern of hosts was given' : `unexpected '${more}'`,
      {
        hint: "ffe-provision exec PATTERN -m MODULE -a 'ARGUMENTS'",
      },
    );
  return {
    pattern,
    module: given.text('module') ?? config.text('DEFAULT_MODULE_NAME') ?? 'command',
    args: given.text('args') ?? config.text('DEFAULT_MODULE_ARGS'),
    background: seconds(given, 'background'),
    poll: seconds(given, 'poll'),
    timeout: seconds(given, 'taskTimeout') ?? config.number('TASK_TIMEOUT'),
  };
}

/** The form of a configured output counts only where it is said that it does, as with ansible. */
function wanted({ config }: Settings): string | undefined {
  return config.on('DEFAULT_LOAD_CALLBACK_PLUGINS') ? plugin(config) : undefined;
}

function listener(given: ExecGiven, settings: Settings, io: Io) {
  const { options } = settings;
  const print = minimal({
    out: (text) => io.out(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => io.err(`${text}\n`),
    verbosity: options.verbosity,
    paint: coloured(given.on('noColor'), settings, io) ? ansi() : plain,
    showDiff: options.diff,
    display: displayOf(settings),
    config: settings.config,
    oneLine: given.on('oneLine') || wanted(settings) === 'oneline',
  });
  const folder = given.text('tree');
  const write = folder === undefined ? undefined : tree(resolve(folder), options.verbosity);
  return (event: Parameters<typeof print>[0]): void => {
    write?.(event);
    print(event);
  };
}

/** A limit that leaves no host at all is a slip of the pen. */
function checkHosts({ around }: Prepared, pattern: string, limit: string | undefined): void {
  if (limit === undefined || selectHosts(around.inventory, pattern, { limit }).hosts.length > 0) return;
  throw new FfeError(
    'not-found',
    'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.',
    { notes: [`pattern ${pattern}, --limit ${limit}`] },
  );
}

function hostList(prepared: Prepared, pattern: string, limit: string | undefined, io: Io): string {
  const { hosts, warnings } = selectHosts(prepared.around.inventory, pattern, { limit });
  for (const text of warnings) io.err(`[WARNING]: ${text}\n`);
  if (hosts.length === 0 && limit === undefined) io.err('[WARNING]: No hosts matched, nothing to do\n');
  return [`  hosts (${hosts.length}):`, ...hosts.map((host) => `    ${host}`), ''].join('\n');
}

async function run(given: ExecGiven, io: Io): Promise<number> {
  const settings = await settingsOf(asRun(given as Given<string>, EXEC_OPTIONS));
  const adHoc = adHocOf(given, settings);
  const interrupt = interruptible();
  const prepared = prepare(settings, listener(given, settings, io), interrupt);
  try {
    if (!hasNoHosts(prepared.around.inventory, adHoc.pattern, settings, prepared.around.listen))
      checkHosts(prepared, adHoc.pattern, settings.options.limit);
    if (given.on('listHosts')) {
      io.out(hostList(prepared, adHoc.pattern, settings.options.limit, io));
      return 0;
    }
    const dir = given.text('playbookDir') ?? settings.config.text('PLAYBOOK_DIR') ?? '.';
    const { playbook } = loadAdHoc(playOf(adHoc), resolve(dir, FILE), prepared.loading);
    const ended = await runPlaybooks(createRun(prepared.around), [playbook]);
    if (ended.unreachable) return 4;
    return ended.failed ? 2 : 0;
  } finally {
    interrupt.done();
  }
}

/** The verb `exec`: one module on the hosts that match, with ansible's options, output and exit codes. */
export async function execVerb(args: readonly string[], io: Io): Promise<number> {
  const given = parseOptions(EXEC_OPTIONS, args, 'ffe-provision exec');
  if (!given.on('help')) return run(given, io);
  io.out(`${HEAD}\nOptions:\n${optionLines(EXEC_OPTIONS)}\n`);
  return 0;
}
