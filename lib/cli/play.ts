import { existsSync } from 'node:fs';
import { finish } from '../engine/evaluate.js';
import { findUndefined } from '../engine/foresee/undefined.js';
import { createRun, runPlaybooks } from '../engine/run.js';
import type { Surroundings } from '../engine/state.js';
import { FfeError, FfeErrors } from '../errors/error.js';
import type { Inventory } from '../inventory/inventory.js';
import { limitPatterns, selectHosts } from '../inventory/select.js';
import { loadPlaybook } from '../playbook/load.js';
import type { Play, Playbook } from '../playbook/tree.js';
import { templates } from '../vars/layer.js';
import { makeScope } from '../vars/scope.js';
import { guarded } from './guarded.js';
import { interruptible } from './interrupt.js';
import { type Io, processIo } from './io.js';
import { withRecords } from './kept-records.js';
import { listText } from './lists.js';
import { type Given, parseFlags } from './parse-flags.js';
import { OWN_NAME, type Program } from './programs.js';
import { reporterFor } from './reporter.js';
import { type Settings, settingsOf } from './settings.js';
import { controllerFiles, type Prepared, prepare } from './surroundings.js';
import { hasNoHosts } from './targets.js';

async function load(given: Given, { around, loading }: Prepared): Promise<Playbook[]> {
  if (given.words.length === 0)
    throw new FfeError('usage', 'no playbook was given', {
      hint: 'ffe-provision -i INVENTORY PLAYBOOK; see --help',
    });
  const out: Playbook[] = [];
  for (const word of given.words) {
    const { playbook, warnings } = await loadPlaybook(word, loading);
    for (const w of warnings) around.listen({ type: 'warning', text: w.text, pos: w.pos, time: 0 });
    out.push(playbook);
  }
  return out;
}

/** A limit that leaves no host at all is a slip of the pen: nothing is run. */
function checkLimit(inventory: Inventory, limit: string | undefined): void {
  if (limit === undefined || limitPatterns(limit).length === 0) return;
  if (selectHosts(inventory, 'all', { limit }).hosts.length > 0) return;
  if (selectHosts(inventory, 'localhost', { limit }).hosts.length > 0) return;
  throw new FfeError('not-found', 'Specified hosts and/or --limit does not match any hosts', {
    notes: [`--limit ${limit}`],
  });
}

/** What --syntax-check and the --list options print; undefined when playbooks are to be run. */
function looking(
  given: Given,
  settings: Settings,
  around: Surroundings,
  playbooks: readonly Playbook[],
): string | undefined {
  const [hosts, tasks, tags] = [given.on('listHosts'), given.on('listTasks'), given.on('listTags')];
  if (!hosts && !tasks && !tags)
    return given.on('syntaxCheck') ? given.words.map((w) => `\nplaybook: ${w}\n`).join('') : undefined;
  const { inventory, options } = { ...around, options: settings.options };
  const scope = (play: Play) =>
    makeScope([options.extraVars, templates('play vars', play.frame.vars)], {
      templater: around.templater,
      files: controllerFiles(around),
    });
  return listText(playbooks, given.words, {
    hosts,
    tasks,
    tags,
    inventory,
    limit: options.limit,
    only: options.tags,
    skip: options.skipTags,
    evaluate: (play, value) => finish(value, scope(play)),
  });
}

/**
 * Variables that nothing gives a value to are told before anything is touched. A list needs no values; and under
 * Ansible's name --syntax-check only warns, since scripts check playbooks whose --extra-vars come later.
 */
function checkVariables(
  given: Given,
  { settings, around, lenient }: { settings: Settings; around: Surroundings; lenient: boolean },
  playbooks: readonly Playbook[],
): void {
  if (given.on('listHosts') || given.on('listTasks') || given.on('listTags')) return;
  const run = createRun({ ...around, listen: () => {} });
  const errors = findUndefined(
    run,
    playbooks,
    settings.rolesPath.filter((dir) => existsSync(dir)),
  );
  const waits = ({ code }: FfeError): boolean => lenient && given.on('syntaxCheck') && code === 'undefined';
  for (const { message, pos } of errors.filter(waits)) {
    const place = pos ? `${pos.file}:${pos.line}:${pos.col}: ` : '';
    around.listen({ type: 'warning', text: `${place}${message}`, pos, time: 0 });
  }
  const now = errors.filter((error) => !waits(error));
  if (now.length > 0) throw now.length === 1 ? now[0] : new FfeErrors(now);
}

async function playWith(given: Given, settings: Settings, io: Io, program: Program): Promise<number> {
  const { listen: report, done } = await reporterFor(given, settings, io);
  const listen = withRecords(report, settings.config, {
    playbook: given.words.at(-1),
    verbosity: settings.options.verbosity,
    say: (text) => (given.text('output') === 'json' ? io.err : io.out)(`${text}\n`),
  });
  const interrupt = interruptible();
  const prepared = prepare(settings, listen, interrupt);
  const { around } = prepared;
  const playbooks = await load(given, prepared);
  checkVariables(given, { settings, around, lenient: program.name !== OWN_NAME }, playbooks);
  const only = looking(given, settings, around, playbooks);
  if (only !== undefined) {
    io.out(only);
    interrupt.done();
    return 0;
  }
  if (!hasNoHosts(around.inventory, 'all', settings, listen))
    checkLimit(around.inventory, settings.options.limit);
  const ended = await runPlaybooks(createRun(around), playbooks).finally(() => {
    interrupt.done();
    return done();
  });
  if (ended.unreachable) return 4;
  return ended.failed ? 2 : 0;
}

/** Runs playbooks: the program's main work, called as `program`. Answers ansible-playbook's exit codes. */
export async function play(
  args: string[],
  io: Io = processIo(),
  program: Program = { name: OWN_NAME },
): Promise<number> {
  const given = parseFlags(args);
  const settings = await settingsOf(given);
  return guarded(settings.redactor, () => playWith(given, settings, io, program));
}
