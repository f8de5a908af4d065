import { dirname, resolve } from 'node:path';
import { FfeError, FfeErrors } from '../errors/error.js';
import type { Pos } from '../values/position.js';
import { statOf } from '../values/stat.js';
import type { FileOptions, Unvault } from '../yaml/file.js';
import type { DuplicateKeys } from '../yaml/load.js';
import { besideVars } from './beside.js';
import { DEFAULT_READERS, enabledReaders } from './enabled.js';
import { addBlocks, addVars, emptyInventory, ensureHost, joinGroup } from './graph.js';
import { groupNameWarning } from './group-name.js';
import type { BesideVars, Inventory, InventoryRules } from './inventory.js';
import type { Besides, Evaluate } from './plugins/plugin.js';
import { expandHosts } from './ranges.js';
import { attempt, type Reports } from './reports.js';
import { settle } from './settle.js';
import { IGNORED, type Ignored, isHostList, readSource, type SourceReading } from './source.js';
import { failures, makeTrial } from './trial.js';

/** How to read an inventory; `cwd` is where relative sources start. */
export type InventoryOptions = {
  readonly cwd?: string;
  readonly unvault?: Unvault;
  /** How inventory plug-ins evaluate templates; without it they are refused. */
  readonly evaluate?: Evaluate;
  readonly besides?: Besides;
  /** Which sources have to be readable; the others are warned of. Default: every one. */
  readonly required?: 'every' | 'any' | 'none';
  /** Names of the readers that may be used (Ansible's inventory plug-ins). Default: Ansible's. */
  readonly readers?: readonly string[];
  /** What is no inventory in a folder of them. */
  readonly ignored?: Ignored;
  /** False: nothing is said when no source could be read. */
  readonly warnUnparsed?: boolean;
  readonly rules?: InventoryRules;
  /** What becomes of keys that are written twice; else they are warned of. */
  readonly duplicates?: DuplicateKeys;
};

/** What was read, and what is odd about it. */
export type LoadedInventory = {
  readonly inventory: Inventory;
  readonly warnings: readonly { readonly text: string; readonly pos?: Pos }[];
};

/** The hosts of an entry of a list; as in Ansible, what only looks like a range is a name. */
function listed(part: string, warn: Reports['warn']): ReturnType<typeof expandHosts> {
  try {
    return expandHosts(part);
  } catch (error) {
    if (!(error instanceof FfeError) || error.code !== 'parse') throw error;
    warn(`Unable to parse address from hostname, leaving unchanged: ${error.message}`);
    return { names: [part] };
  }
}

function readList({ inventory, reports }: SourceReading, list: string): void {
  for (const part of list.split(',').map((p) => p.trim())) {
    if (part === '') continue;
    const { names, port } = listed(part, reports.warn);
    for (const name of names) {
      const host = ensureHost(inventory, name);
      joinGroup(inventory, host, 'ungrouped');
      if (port !== undefined) addVars(host, 'command line', new Map([['ansible_port', port]]));
    }
  }
}

function besideDirs(paths: readonly string[]): string[] {
  const dirs = paths.map((p) => (statOf(p)?.isDirectory() ? p : dirname(p)));
  return [...new Set(dirs)];
}

const LISTS = ['host_list', 'advanced_host_list'];

const NO_LISTS = new FfeError('unsupported', "the inventory plugin 'host_list' is not enabled");

function readOne(reading: SourceReading, source: string, cwd: string): boolean {
  if (!isHostList(source, cwd)) return readSource(reading, resolve(cwd, source));
  const reader = reading.enabled.find((name) => LISTS.includes(name));
  const errors = reader === undefined ? [NO_LISTS] : failures(() => readList(reading, source));
  if (errors.length > 0) reading.failed(source, errors, reader);
  return errors.length === 0;
}

function addBeside(inventory: Inventory, beside: BesideVars, reports: Reports): void {
  for (const group of inventory.groups.values())
    attempt(reports, () => addBlocks(group, beside.group(group.name)));
  for (const host of inventory.hosts.values())
    attempt(reports, () => addBlocks(host, beside.host(host.name)));
  for (const name of inventory.hosts.keys())
    if (inventory.groups.has(name)) reports.warn(`a group and a host are both called '${name}'`);
}

/**
 * Reads every source (`-i`: files, folders, executables, or lists with a comma) into one inventory, with the
 * group_vars and host_vars beside them. Throws an FfeErrors with all that is wrong in all files.
 */
export function loadInventory(sources: readonly string[], options: InventoryOptions = {}): LoadedInventory {
  const { cwd = '.' } = options;
  const errors: FfeError[] = [];
  const warnings: { text: string; pos?: Pos }[] = [];
  const warn = (text: string, pos?: Pos) => void warnings.push({ text, pos });
  const reports: Reports = { error: (e) => errors.push(e), warn };
  const { unvault, duplicates } = options;
  const files: FileOptions = { unvault, warn, duplicates };
  const paths = sources.filter((s) => !isHostList(s, cwd)).map((s) => resolve(cwd, s));
  const beside = besideVars(besideDirs(paths), files);
  const inventory = emptyInventory([...paths], beside, options.rules);
  const trial = makeTrial(options.required ?? 'every', reports, options.warnUnparsed);
  const reading: SourceReading = {
    inventory,
    options: files,
    reports,
    evaluate: options.evaluate,
    besides: options.besides,
    enabled: enabledReaders(options.readers ?? DEFAULT_READERS, warn),
    ignored: options.ignored ?? IGNORED,
    failed: trial.failed,
  };
  for (const source of sources) if (readOne(reading, source, cwd)) trial.passed();
  trial.end();
  settle(inventory);
  addBeside(inventory, beside, reports);
  const odd = groupNameWarning(inventory);
  if (odd !== undefined) warn(odd);
  if (errors.length > 0) throw new FfeErrors(errors);
  return { inventory, warnings };
}
