import { fromJson } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Raw } from '../../values/value.js';
import { addChild, addVars, ensureGroup, ensureHost, joinGroup } from '../graph.js';
import type { Inventory } from '../inventory.js';
import { objectOf, type Resource } from './state.js';

const texts = (json: Json | undefined): string[] => (Array.isArray(json) ? json.map(String) : []);

function named({ attributes, name }: Resource, ...keys: readonly string[]): string {
  const found = keys.map((key) => attributes[key]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : name;
}

/** The variables of a host or group; the older provider calls them `vars`. */
function variables(attributes: JsonObject): Map<string, Raw> {
  const given = objectOf(attributes.variables ?? attributes.vars);
  return new Map(Object.entries(given).map(([key, value]) => [key, fromJson(value) as Raw]));
}

/**
 * Adds what the Terraform provider `ansible` keeps in a state (`ansible_host`, `ansible_group`) to an inventory. Answers
 * false for a resource of another type.
 */
export function addFromProvider(inventory: Inventory, resource: Resource, file: string): boolean {
  const { type, attributes } = resource;
  if (type === 'ansible_host') {
    const host = ensureHost(inventory, named(resource, 'name', 'inventory_hostname'));
    const groups = texts(attributes.groups);
    for (const group of groups.length > 0 ? groups : ['ungrouped']) joinGroup(inventory, host, group);
    addVars(host, file, variables(attributes));
    return true;
  }
  if (type !== 'ansible_group') return false;
  const name = named(resource, 'name', 'inventory_group_name');
  addVars(ensureGroup(inventory, name), file, variables(attributes));
  for (const child of texts(attributes.children)) addChild(inventory, name, child);
  return true;
}
