import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type FfeError, FfeErrors } from '../errors/error.js';
import type { Pos } from '../values/position.js';
import type { FileOptions, Unvault } from '../yaml/file.js';
import { besideVars } from './beside.js';
import { addBlocks, addVars, emptyInventory, ensureHost, joinGroup } from './graph.js';
import type { Inventory } from './inventory.js';
import type { Evaluate } from './plugins/plugin.js';
import { expandHosts } from './ranges.js';
import { attempt, type Reports } from './reports.js';
import { settle } from './settle.js';
import { type Reading, readSource } from './source.js';
import { failures, makeTrial } from './trial.js';

/** How to read an inventory; `cwd` is where relative sources start. */
export type InventoryOptions = {
  readonly cwd?: string;
  readonly unvault?: Unvault;
  /** How inventory plug-ins evaluate templates; without it they are refused. */
  readonly evaluate?: Evaluate;
  /** Which sources have to be readable; the others are warned of. Default: every one. */
  readonly required?: 'every' | 'any' | 'none';
};

/** What was read, and what is odd about it. */
export type LoadedInventory = {
  readonly inventory: Inventory;
  readonly warnings: readonly { readonly text: string; readonly pos?: Pos }[];
};

function readList(inventory: Inventory, list: string): void {
  for (const part of list.split(',').map((p) => p.trim())) {
    if (part === '') continue;
    const { names, port } = expandHosts(part);
    for (const name of names) {
      const host = ensureHost(inventory, name);
      joinGroup(inventory, host, 'ungrouped');
      if (port !== undefined) addVars(host, 'command line', new Map([['ansible_port', port]]));
    }
  }
}

function besideDirs(paths: readonly string[]): string[] {
  const dirs = paths.map((p) => (statSync(p, { throwIfNoEntry: false })?.isDirectory() ? p : dirname(p)));
  return [...new Set(dirs)];
}

/**
 * Reads every source (`-i`: files, folders, executables, or lists with a comma) into one inventory, with the
 * group_vars and host_vars beside them. Throws an FfeErrors with all that is wrong in all files.
 */
export function loadInventory(sources: readonly string[], options: InventoryOptions = {}): LoadedInventory {
  const errors: FfeError[] = [];
  const warnings: { text: string; pos?: Pos }[] = [];
  const warn = (text: string, pos?: Pos) => void warnings.push({ text, pos });
  const reports: Reports = { error: (e) => errors.push(e), warn };
  const files: FileOptions = { unvault: options.unvault, warn };
  const paths = sources.filter((s) => !s.includes(',')).map((s) => resolve(options.cwd ?? '.', s));
  const beside = besideVars(besideDirs(paths), files);
  const inventory = emptyInventory([...paths], beside);
  const trial = makeTrial(options.required ?? 'every', reports);
  const reading: Reading = {
    inventory,
    options: files,
    reports,
    evaluate: options.evaluate,
    tried: trial.tried,
  };
  for (const source of sources)
    if (!source.includes(',')) readSource(reading, resolve(options.cwd ?? '.', source));
    else
      trial.tried(
        source,
        failures(() => readList(inventory, source)),
      );
  if (sources.length > 0) trial.end();
  settle(inventory);
  for (const group of inventory.groups.values())
    attempt(reports, () => addBlocks(group, beside.group(group.name)));
  for (const host of inventory.hosts.values())
    attempt(reports, () => addBlocks(host, beside.host(host.name)));
  for (const name of inventory.hosts.keys())
    if (inventory.groups.has(name)) warn(`a group and a host are both called '${name}'`);
  if (errors.length > 0) throw new FfeErrors(errors);
  return { inventory, warnings };
}
