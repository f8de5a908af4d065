import type { Frame } from '../playbook/tree.js';
import type { Value } from '../values/value.js';
import type { FrameLayers } from './frame-layers.js';
import type { HostStore } from './host-store.js';
import { data, type Layer, type LazyLayer } from './layer.js';
import { type MagicPlace, magicLayer } from './magic.js';

/** Everything that can give a variable to a task on a host. */
export type VarSources = {
  readonly place: MagicPlace;
  readonly extraVars: Layer;
  readonly store: HostStore;
  readonly frames: FrameLayers;
  /** Values that belong to frames on this host: items of looped includes, results around rescue. */
  readonly bindings: ReadonlyMap<Frame, ReadonlyMap<string, Value>>;
  /** Vars of the play's vars_files and vars_prompt, highest first. */
  readonly play: readonly Layer[];
  readonly exportedVars: readonly Layer[];
  readonly exportedDefaults: readonly Layer[];
  readonly inventory: readonly Layer[];
  /** What is said of the connection when no variable does. */
  readonly connection?: LazyLayer;
};

function bound(sources: VarSources): Layer[] {
  const out: Layer[] = [];
  if (sources.bindings.size > 0)
    for (let f: Frame | undefined = sources.place.frame; f; f = f.parent) {
      const vars = sources.bindings.get(f);
      if (vars) out.push(data('include loop', vars, { level: 'include params' }));
    }
  return out;
}

/**
 * The layers of a task's scope, highest precedence first. The order is that of Ansible's documentation, "Understanding
 * variable precedence", levels 22 to 2; magic variables cannot be overridden.
 */
export function precedence(sources: VarSources): (Layer | LazyLayer)[] {
  const { frames, store } = sources;
  return [
    magicLayer(sources.place),
    sources.extraVars,
    ...bound(sources),
    ...frames.params,
    store.layers.setFacts,
    store.layers.includeVars,
    ...frames.vars,
    ...frames.roleVars,
    ...sources.exportedVars,
    ...sources.play,
    ...frames.playVars,
    store.layers.facts,
    data('facts', injected(store), { level: 'host facts' }),
    ...sources.inventory,
    ...frames.defaults,
    ...sources.exportedDefaults,
    ...(sources.connection ? [sources.connection] : []),
  ];
}

const NONE: ReadonlyMap<string, Value> = new Map();

/** The facts that are variables; `ansible_local` always is. */
function injected(store: HostStore): ReadonlyMap<string, Value> {
  if (store.inject) return store.injected;
  const local = store.injected.get('ansible_local');
  return local === undefined ? NONE : new Map([['ansible_local', local]]);
}
