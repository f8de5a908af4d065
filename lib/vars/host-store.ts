import { fromJson } from '../values/convert.js';
import type { JsonObject } from '../values/json.js';
import type { Dict, Raw, Value } from '../values/value.js';
import { data, type Layer, templates } from './layer.js';

/**
 * What a run has learnt about one host. Facts are kept under their bare names; `injected` holds the same values as
 * `ansible_<name>` variables. `version` grows with every change, so that derived things know when they are stale.
 */
export type HostStore = {
  readonly facts: Dict;
  readonly injected: Map<string, Value>;
  readonly setFacts: Map<string, Value>;
  readonly includeVars: Map<string, Raw>;
  /** The same as layers, which last as long as the store: scopes are made for every task. */
  readonly layers: { readonly facts: Layer; readonly setFacts: Layer; readonly includeVars: Layer };
  version: number;
  /** Whether facts are variables of their own, beside `ansible_facts`. */
  readonly inject: boolean;
  /** Called with all facts when they change; with none when they are forgotten. */
  readonly keep?: (facts: ReadonlyMap<string, Value> | undefined) => void;
};

/** An empty store. */
export function hostStore(inject = true, keep?: HostStore['keep']): HostStore {
  const facts: Dict = new Map();
  const setFacts = new Map<string, Value>();
  const includeVars = new Map<string, Raw>();
  return {
    facts,
    injected: new Map(),
    setFacts,
    includeVars,
    layers: {
      facts: data('facts', new Map([['ansible_facts', facts]]), { level: 'host facts' }),
      setFacts: data('set_fact and register', setFacts, { level: 'set_fact and register' }),
      includeVars: templates('include_vars', includeVars, { level: 'include_vars' }),
    },
    version: 0,
    inject,
    keep,
  };
}

/**
 * Takes facts as a module returns them. Under `ansible_facts` they lose their prefix (but for `ansible_local`, as in
 * Ansible); as variables they keep the name they came with.
 */
export function storeFacts(store: HostStore, facts: JsonObject): void {
  const values = Object.entries(facts).map(([name, json]) => [name, fromJson(json)] as const);
  takeFacts(store, new Map(values));
  store.keep?.(store.injected);
}

/** Takes facts that were kept from an earlier run. */
export function takeFacts(store: HostStore, facts: ReadonlyMap<string, Value>): void {
  for (const [name, value] of facts) {
    const bare =
      name.startsWith('ansible_') && name !== 'ansible_local' ? name.slice('ansible_'.length) : name;
    store.facts.set(bare, value);
    store.injected.set(name, value);
  }
  store.version += 1;
}

/** Sets variables that last for the run (set_fact, register). */
export function setFact(store: HostStore, name: string, value: Value): void {
  store.setFacts.set(name, value);
  store.version += 1;
}

/** Forgets gathered facts (`meta: clear_facts`). */
export function clearFacts(store: HostStore): void {
  store.facts.clear();
  store.injected.clear();
  store.keep?.(undefined);
  store.version += 1;
}
