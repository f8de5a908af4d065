import { posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { addChild, addVars, ensureGroup, ensureHost, joinGroup } from '../graph.js';
import { checkKeys, dictAt, dictsAt, type PluginConfig, type PluginWork } from './plugin.js';

type Layers = readonly (readonly [string, readonly Value[]])[];

function* combinations(layers: Layers): Generator<Map<string, Raw>> {
  const [first, ...rest] = layers;
  if (!first) {
    yield new Map();
    return;
  }
  for (const value of first[1])
    for (const others of combinations(rest))
      yield new Map<string, Raw>([[first[0], value as Raw], ...others]);
}

/** Hosts made of every combination of some layers, with their groups: Ansible's inventory plug-in `generator`. */
export function generate(work: PluginWork): void {
  checkKeys(work, ['layers', 'hosts']);
  const { inventory, config, evaluate, file } = work;
  const hosts = dictAt(config, 'hosts');
  const layers: Layers = [...dictAt(config, 'layers')].map(([name, items]) => [
    str(name),
    (Array.isArray(items) ? items : [items]) as Value[],
  ]);
  for (const vars of combinations(layers)) {
    const text = (owner: PluginConfig, key: string): string =>
      str(evaluate(vars)(str(owner.get(key) as Value), posOf(owner, key)));
    const addParents = (parents: readonly PluginConfig[], join: (group: string) => void): void => {
      for (const parent of parents) {
        const name = text(parent, 'name');
        const group = ensureGroup(inventory, name, posOf(parent, 'name'));
        const given = dictAt(parent, 'vars');
        addVars(group, file, new Map([...given.keys()].map((key) => [str(key), text(given, str(key))])));
        join(name);
        addParents(dictsAt(parent, 'parents'), (above) => addChild(inventory, above, name));
      }
    };
    const host = ensureHost(inventory, text(hosts, 'name'), posOf(hosts, 'name'));
    addParents(dictsAt(hosts, 'parents'), (group) => joinGroup(inventory, host, group));
  }
}
