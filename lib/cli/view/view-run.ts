import { createRun } from '../../engine/run.js';
import type { Run } from '../../engine/state.js';
import { FfeError } from '../../errors/error.js';
import { besideVars, readVarsFile } from '../../inventory/beside.js';
import type { BesideVars } from '../../inventory/inventory.js';
import { type LoadedInventory, loadInventory } from '../../inventory/load.js';
import { library } from '../../template/builtin.js';
import { createTemplater } from '../../template/create.js';
import type { Settings } from '../settings.js';

/** A run that connects to nothing and prints nothing: for looking at variables as plays would see them. */
export function viewRun(settings: Settings): Run & Pick<LoadedInventory, 'warnings'> {
  const { vault, inventories, options, redactor } = settings;
  const unvault = vault.open;
  const { inventory, warnings } = loadInventory(inventories, { unvault });
  const besides = new Map<string, BesideVars>();
  // Every host is looked at in a play of its own; the files beside them are read once.
  const beside = (dir: string): BesideVars => {
    const known = besides.get(dir) ?? besideVars([dir], { unvault });
    besides.set(dir, known);
    return known;
  };
  const run = createRun({
    options,
    inventory,
    modules: new Map(),
    templater: createTemplater(library),
    redactor,
    open: () => Promise.reject(new FfeError('internal', 'looking at variables opens no connection')),
    unvault,
    beside,
    readVars: (file) => readVarsFile(file, { unvault }),
    listen: () => undefined,
    signal: new AbortController().signal,
  });
  return Object.assign(run, { warnings });
}
