import { createRun } from '../../engine/run.js';
import type { Run } from '../../engine/state.js';
import type { BesideVars } from '../../inventory/inventory.js';
import type { LoadOptions } from '../../playbook/loading.js';
import type { Settings } from '../settings.js';
import { prepare } from '../surroundings.js';

/** A run that only looks, how playbooks are read for it, and the warnings of its inventories. */
export type View = { readonly run: Run; readonly loading: LoadOptions; readonly warnings: readonly string[] };

/** Makes a run that connects to nothing and prints nothing: for looking at variables as plays would see them. */
export function viewRun(settings: Settings): View {
  const warnings: string[] = [];
  const listen: Run['listen'] = (event) => void (event.type === 'warning' && warnings.push(event.text));
  const quiet = { signal: new AbortController().signal, done: () => undefined };
  const { around, loading } = prepare(settings, listen, quiet);
  const besides = new Map<string, BesideVars>();
  // Every host is looked at in a play of its own; the files beside them are read once.
  const beside = (dir: string): BesideVars => {
    const known = besides.get(dir) ?? around.beside(dir);
    besides.set(dir, known);
    return known;
  };
  return { run: createRun({ ...around, beside }), loading, warnings };
}
