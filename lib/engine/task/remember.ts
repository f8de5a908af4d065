import { addHost, addToGroup } from '../../inventory/change.js';
import type { Effect } from '../../modules/plan.js';
import { fromJson, withoutTuples } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Raw, Value } from '../../values/value.js';
import { setFact, storeFacts } from '../../vars/host-store.js';
import { storeOf } from '../scopes.js';
import type { Run } from '../state.js';
import type { Outcome } from './attempt.js';

/** Stores facts, variables, new hosts and groups that a result brings, for the given hosts. */
export function remember(run: Run, hosts: readonly string[], outcome: Outcome, setFactNames = false): void {
  for (const effect of outcome.effects) apply(run, hosts, effect, outcome);
  const facts = outcome.result.ansible_facts;
  // What set_fact and include_vars bring are variables, not facts.
  const variables = outcome.effects.some((e) => e.kind === 'set-facts' || e.kind === 'include-vars');
  if (setFactNames || variables || !isObject(facts)) return;
  for (const host of hosts) storeFacts(storeOf(run, host), facts);
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A value as the task's arguments had it, where JSON would have lost its type (floats, keys that are no texts). */
function exact(name: string, json: Json | undefined, outcome: Outcome): Value {
  // set_fact turns words such as yes into booleans.
  const given = outcome.given?.get(name);
  return typeof json === 'boolean' || given === undefined ? fromJson(json) : withoutTuples(given);
}

function apply(run: Run, hosts: readonly string[], effect: Effect, outcome: Outcome): void {
  switch (effect.kind) {
    case 'set-facts':
      for (const host of hosts) {
        const store = storeOf(run, host);
        for (const [name, json] of Object.entries(effect.vars))
          setFact(store, name, exact(name, json, outcome));
        if (effect.cacheable) storeFacts(store, effect.vars);
      }
      return;
    case 'include-vars':
      for (const host of hosts) {
        const store = storeOf(run, host);
        const raw = effect.raw ?? (fromJson(effect.vars) as ReadonlyMap<string, Raw>);
        for (const [name, value] of raw) store.includeVars.set(name, value);
        store.version += 1;
      }
      return;
    case 'add-host':
      addHost(
        run.inventory,
        effect.name,
        effect.groups,
        new Map(Object.entries(effect.vars).map(([k, v]) => [k, fromJson(v)])),
      );
      return;
    case 'group-by':
      for (const host of hosts) addToGroup(run.inventory, host, effect.group, effect.parents);
      return;
    case 'stats':
      addStats(run, hosts, effect);
      return;
  }
}

function addStats(run: Run, hosts: readonly string[], effect: Extract<Effect, { kind: 'stats' }>): void {
  const targets = effect.perHost ? hosts.map((h) => hostStats(run, h)) : [run.custom.run];
  for (const target of targets)
    for (const [name, value] of Object.entries(effect.data))
      target[name] = effect.aggregate ? sum(target[name], value) : value;
}

function hostStats(run: Run, host: string): JsonObject {
  const known = run.custom.hosts.get(host) ?? {};
  run.custom.hosts.set(host, known);
  return known;
}

/** How set_stats adds up: numbers and texts and lists with `+`, dicts by merging, anything else replaces. */
function sum(before: Json | undefined, more: Json | undefined): Json | undefined {
  if (before === undefined) return more;
  if (typeof before === 'number' && typeof more === 'number') return before + more;
  if (typeof before === 'string' && typeof more === 'string') return before + more;
  if (Array.isArray(before) && Array.isArray(more)) return [...before, ...more];
  return isObject(before) && isObject(more) ? { ...before, ...more } : more;
}
