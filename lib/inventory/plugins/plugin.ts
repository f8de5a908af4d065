import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { keyPos, type Pos, posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import type { Inventory } from '../inventory.js';
import type { Reports } from '../reports.js';

/**
 * Evaluates texts with templates among variables; throws FfeError code 'undefined' and others. The inventory knows no
 * templates itself: who loads it says how.
 */
export type Evaluate = (vars: ReadonlyMap<string, Raw>) => (text: string, pos?: Pos) => Value;

/** The configuration of an inventory plug-in: a YAML file with the key `plugin`. */
export type PluginConfig = Map<Value, Raw>;

/** What plug-ins may know of hosts besides what sources say: variables of the command line, and kept facts. */
export type Besides = {
  readonly extraVars?: ReadonlyMap<string, Raw>;
  /** Whether plug-ins see those variables where their own configuration does not say. */
  readonly useExtraVars?: boolean;
  readonly facts?: (host: string) => ReadonlyMap<string, Raw> | undefined;
};

/** What a plug-in works with. */
export type PluginWork = {
  readonly inventory: Inventory;
  readonly config: PluginConfig;
  readonly file: string;
  readonly evaluate: Evaluate;
  readonly besides: Besides;
  readonly reports: Reports;
};

/** Refuses keys of a configuration that the plug-in does not have. */
export function checkKeys(work: PluginWork, known: readonly string[]): void {
  for (const key of work.config.keys()) {
    const name = str(key);
    if (name === 'plugin' || known.includes(name)) continue;
    work.reports.error(
      new FfeError('unknown-name', `the inventory plugin has no option '${name}'${didYouMean(name, known)}`, {
        pos: keyPos(work.config, key),
        hint: `its options are ${known.join(', ')}`,
      }),
    );
  }
}

/** A list or dict under a key, empty when there is none. Throws an FfeError for anything else. */
export function dictAt(owner: PluginConfig, key: string): PluginConfig {
  const value = owner.get(key);
  if (value === undefined || value === null) return new Map();
  if (value instanceof Map) return value as PluginConfig;
  throw new FfeError('bad-value', `'${key}' must be a dict`, { pos: posOf(owner, key) });
}

/** The dicts of a list under a key. Throws an FfeError for anything else. */
export function dictsAt(owner: PluginConfig, key: string): PluginConfig[] {
  const value = owner.get(key);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => item instanceof Map))
    return value as unknown as PluginConfig[];
  throw new FfeError('bad-value', `'${key}' must be a list of dicts`, { pos: posOf(owner, key) });
}
