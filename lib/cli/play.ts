import { finish } from '../engine/evaluate.js';
import { realNodes } from '../engine/open.js';
import { createRun, runPlaybooks } from '../engine/run.js';
import type { Surroundings } from '../engine/state.js';
import { FfeError } from '../errors/error.js';
import { besideVars, readVarsFile } from '../inventory/beside.js';
import { refresh } from '../inventory/change.js';
import type { Inventory } from '../inventory/inventory.js';
import { loadInventory } from '../inventory/load.js';
import { selectHosts } from '../inventory/select.js';
import { modules } from '../modules/index.js';
import { moduleTable } from '../modules/table.js';
import { loadPlaybook } from '../playbook/load.js';
import type { Play, Playbook } from '../playbook/tree.js';
import { library } from '../template/builtin.js';
import { createTemplater } from '../template/create.js';
import type { HostFiles } from '../template/library.js';
import { createPlugins, type Plugins } from '../template/plugins.js';
import { templates } from '../vars/layer.js';
import { makeScope } from '../vars/scope.js';
import { type Io, processIo } from './io.js';
import { loadLibraryModule, loadTypeScript } from './library.js';
import { listText } from './lists.js';
import { type Given, parseFlags } from './parse-flags.js';
import { reporterFor } from './reporter.js';
import { type Settings, settingsOf } from './settings.js';
import { staticTemplate } from './static-template.js';

/** Surroundings of templates before any host is known. */
function controllerFiles(around: Pick<Surroundings, 'redactor' | 'unvault'>): HostFiles {
  return {
    searchPath: [process.cwd()],
    baseDir: process.cwd(),
    ahead: false,
    secret: (text) => around.redactor.add(text),
    unvault: around.unvault,
  };
}

/** Ends the run when the operator presses Ctrl-C; a second one ends the program at once. */
function interruptible(): { readonly signal: AbortSignal; readonly done: () => void } {
  const control = new AbortController();
  const first = (): void => {
    control.abort(new DOMException('interrupted', 'AbortError'));
    process.once('SIGINT', () => process.exit(99));
  };
  process.once('SIGINT', first);
  process.once('SIGTERM', first);
  const done = (): void => {
    process.off('SIGINT', first);
    process.off('SIGTERM', first);
  };
  return { signal: control.signal, done };
}

async function load(
  given: Given,
  settings: Settings,
  around: Pick<Surroundings, 'modules' | 'templater' | 'listen' | 'redactor' | 'unvault'>,
  plugins: Plugins,
): Promise<Playbook[]> {
  if (given.words.length === 0)
    throw new FfeError('usage', 'no playbook was given', {
      hint: 'ffe-provision -i INVENTORY PLAYBOOK; see --help',
    });
  const out: Playbook[] = [];
  for (const dir of settings.collectionsPath) plugins.collections(dir);
  for (const word of given.words) {
    const { playbook, warnings } = await loadPlaybook(word, {
      modules: around.modules,
      rolesPath: settings.rolesPath,
      collectionsPath: settings.collectionsPath,
      template: staticTemplate(around, settings.options.extraVars, controllerFiles(around)),
      unvault: settings.vault.open,
      lookups: plugins.library.lookups,
      library: loadLibraryModule,
      plugins: plugins.beside,
      checkTemplate: (text, kind, origin) => around.templater.check(text, kind, origin),
    });
    for (const w of warnings) around.listen({ type: 'warning', text: w.text, pos: w.pos, time: 0 });
    out.push(playbook);
  }
  return out;
}

/** A limit that leaves no host at all is a slip of the pen: nothing is run. */
function checkLimit(inventory: Inventory, limit: string | undefined): void {
  if (limit === undefined || selectHosts(inventory, 'all', { limit }).hosts.length > 0) return;
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

/** Runs playbooks: the program's main work. Answers ansible-playbook's exit codes. */
export async function play(args: string[], io: Io = processIo()): Promise<number> {
  const given = parseFlags(args);
  const settings = await settingsOf(given);
  const unvault = settings.vault.open;
  const { inventory, warnings } = loadInventory(settings.inventories, { unvault });
  const plugins = createPlugins(library, loadTypeScript);
  const templater = createTemplater(plugins.library);
  const { listen, done } = await reporterFor(given, settings, io);
  for (const w of warnings) listen({ type: 'warning', text: w.text, pos: w.pos, time: 0 });
  const interrupt = interruptible();
  const around: Surroundings = {
    options: settings.options,
    inventory,
    modules: moduleTable(modules),
    templater,
    redactor: settings.redactor,
    open: realNodes(settings.options.connection.askPassphrase),
    unvault,
    beside: (dir) => besideVars([dir], { unvault }),
    readVars: (file) => readVarsFile(file, { unvault }),
    listen,
    refresh: () => refresh(inventory, loadInventory(settings.inventories, { unvault }).inventory),
    signal: interrupt.signal,
  };
  const playbooks = await load(given, settings, around, plugins);
  const only = looking(given, settings, around, playbooks);
  if (only !== undefined) {
    io.out(only);
    interrupt.done();
    return 0;
  }
  checkLimit(inventory, settings.options.limit);
  const ended = await runPlaybooks(createRun(around), playbooks).finally(() => {
    interrupt.done();
    return done();
  });
  if (ended.unreachable) return 4;
  return ended.failed ? 2 : 0;
}
