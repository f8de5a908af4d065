import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { selectHosts } from '../inventory/select.js';
import type { Raw } from '../values/value.js';
import { graphText } from './inventory/graph.js';
import { variablesOfHost } from './inventory/host-variables.js';
import { jsonText, yamlText } from './inventory/plain.js';
import { tomlText } from './inventory/toml.js';
import { nestedTree, scriptTree, type TreeView } from './inventory/tree.js';
import { type Io, processIo } from './io.js';
import { type Given, type Option, parseOptions } from './parse-flags.js';
import { settingsOf } from './settings.js';
import { asRun, optionLines, VIEW_OPTIONS } from './view/options.js';
import { viewRun } from './view/view-run.js';

const OPTIONS = {
  list: { names: ['list'], doc: 'print all groups and hosts, as an inventory script does' },
  host: { names: ['host'], value: 'HOST', doc: 'print the variables of one host' },
  graph: { names: ['graph'], doc: 'print the tree of groups and hosts, from GROUP (default: all)' },
  from: {
    names: ['from'],
    value: 'FILE',
    many: true,
    doc: 'a source like -i, and YAML to keep where nothing else is asked for',
  },
  vars: { names: ['vars'], doc: 'with --graph: variables, too' },
  yaml: { names: ['yaml'], short: 'y', doc: 'YAML instead of JSON' },
  toml: { names: ['toml'], doc: 'TOML instead of JSON' },
  export: { names: ['export'], doc: "with --list: each group's and host's own variables only" },
  output: { names: ['output'], value: 'FILE', doc: 'write to a file instead' },
  ...VIEW_OPTIONS,
} as const satisfies Readonly<Record<string, Option>>;

type InventoryGiven = Given<keyof typeof OPTIONS>;

const HEAD = `prints hosts, groups and variables, as ansible-inventory does

usage: ffe-provision inventory -i SOURCE --list | --host HOST | --graph [GROUP] [options]
       ffe-provision inventory --from terraform.tfstate > inventory.yml
`;

const ACTIONS = ['list', 'host', 'graph'] as const;

const IMPLIED: readonly string[] = ['list', 'yaml', 'export'];

/** `--from` is a source like `-i`; without an action it prints an inventory to keep. */
function withFrom(given: InventoryGiven): InventoryGiven {
  const from = given.texts('from');
  const bare = from.length > 0 && !ACTIONS.some((name) => given.on(name));
  return {
    ...given,
    texts: (name) => (name === 'inventory' ? [...given.texts(name), ...from] : given.texts(name)),
    on: (name) => given.on(name) || (bare && IMPLIED.includes(name)),
  };
}

function actionOf(given: InventoryGiven): (typeof ACTIONS)[number] {
  const found = ACTIONS.filter((name) => given.on(name));
  if (found.length > 1)
    throw new FfeError(
      'usage',
      'Conflicting options used, only one of --host, --graph or --list can be used at the same time.',
    );
  if (found[0]) return found[0];
  throw new FfeError(
    'usage',
    'No action selected, at least one of --host, --graph or --list needs to be specified.',
  );
}

function hostText(view: TreeView, pattern: string, text: (raw: Raw) => string): string {
  const { inventory } = view.run;
  const { hosts } = selectHosts(inventory, pattern);
  const host = hosts.length === 1 ? inventory.hosts.get(hosts[0]!) : undefined;
  if (!host) throw new FfeError('usage', 'You must pass a single valid host to --host parameter');
  return text(variablesOfHost(view, host) as Raw);
}

function textOf(given: InventoryGiven, view: TreeView): string {
  const action = actionOf(given);
  const text = given.on('yaml') ? yamlText : jsonText;
  if (action === 'graph') return graphText(view, given.words[0] ?? 'all', given.on('vars'));
  if (action === 'host') return hostText(view, given.text('host')!, text);
  if (given.on('toml')) return tomlText(view);
  return text(given.on('yaml') ? nestedTree(view) : scriptTree(view));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new FfeError('unsupported', `Unable to write to destination file (${file})`, { cause });
  }
}

async function viewOf(given: InventoryGiven, io: Io): Promise<TreeView> {
  const settings = await settingsOf(asRun(given as Given<string>, OPTIONS));
  const { run, warnings } = viewRun(settings);
  for (const text of warnings) io.err(`[WARNING]: ${text}\n`);
  const limit = given.text('limit');
  const within =
    limit === undefined ? undefined : new Set(selectHosts(run.inventory, 'all', { limit }).hosts);
  const own = given.on('export');
  return {
    run,
    dir: resolve(given.text('playbookDir') ?? '.'),
    own,
    export: own,
    shown: (host) => within?.has(host) ?? true,
  };
}

/** The verb `inventory`: prints hosts, groups and variables byte for byte as ansible-inventory 2.14 does. */
export async function inventoryVerb(args: readonly string[], io: Io = processIo()): Promise<number> {
  const given = withFrom(parseOptions(OPTIONS, args, 'ffe-provision inventory'));
  if (given.on('help')) {
    io.out(`${HEAD}\nOptions:\n${optionLines(OPTIONS)}\n`);
    return 0;
  }
  actionOf(given);
  const text = textOf(given, await viewOf(given, io));
  const file = given.text('output');
  if (file === undefined) io.out(text.endsWith('\n') ? text : `${text}\n`);
  else write(file, text);
  return 0;
}
