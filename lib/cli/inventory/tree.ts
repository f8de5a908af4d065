import type { Group, Inventory } from '../../inventory/inventory.js';
import type { Raw } from '../../values/value.js';
import { type VarsView, variablesOfGroup, variablesOfHost } from './host-variables.js';

/** What is shown of an inventory: whose variables, which hosts (all, unless limited), groups with their own variables. */
export type TreeView = VarsView & { readonly shown: (host: string) => boolean; readonly export: boolean };

type Tree = Map<string, Raw>;

const filled = (tree: Raw): boolean => (tree instanceof Map || Array.isArray(tree) ? sizeOf(tree) > 0 : true);
const sizeOf = (tree: Map<unknown, unknown> | unknown[]): number =>
  tree instanceof Map ? tree.size : tree.length;

function withoutEmpty(parts: readonly (readonly [string, Raw])[]): Tree {
  return new Map(parts.filter(([, value]) => filled(value)));
}

function hostsIn(view: TreeView, group: Group): string[] {
  return group.name === 'all' ? [] : [...group.hosts].filter(view.shown);
}

function groupVars(view: TreeView, group: Group): Tree {
  return view.export ? (variablesOfGroup(view, group) as Tree) : new Map();
}

function childrenOf(inventory: Inventory, group: Group): Group[] {
  return [...group.children].map((name) => inventory.groups.get(name)!);
}

/** The inventory as scripts print it for `--list`: groups with names of hosts and children, variables under `_meta`. */
export function scriptTree(view: TreeView): Raw {
  const { inventory } = view.run;
  const out: Tree = new Map();
  const seen = new Set<string>();
  const add = (group: Group): void => {
    for (const child of childrenOf(inventory, group)) {
      if (seen.has(child.name)) continue;
      seen.add(child.name);
      add(child);
    }
    const body = withoutEmpty([
      ['hosts', hostsIn(view, group)],
      ['children', [...group.children]],
      ['vars', groupVars(view, group)],
    ]);
    if (body.size > 0) out.set(group.name, body);
  };
  add(inventory.groups.get('all')!);
  const hostvars: Tree = new Map();
  for (const host of inventory.hosts.values()) {
    if (host.implicit || !view.shown(host.name)) continue;
    const vars = variablesOfHost(view, host);
    if (vars.size > 0) hostvars.set(host.name, vars as Raw);
  }
  return out.set('_meta', new Map([['hostvars', hostvars]]) as Raw) as Raw;
}

/** The inventory as a YAML inventory holds it, nested; a host's variables stand where it is first met. */
export function nestedTree(view: TreeView): Raw {
  const { inventory } = view.run;
  const seen = new Set<string>();
  const variables = (name: string): Tree => {
    if (seen.has(name)) return new Map();
    seen.add(name);
    return variablesOfHost(view, inventory.hosts.get(name)!);
  };
  const body = (group: Group): Raw => {
    const children = new Map(childrenOf(inventory, group).map((child) => [child.name, body(child)]));
    const hosts = new Map(hostsIn(view, group).map((name) => [name, variables(name) as Raw]));
    return withoutEmpty([
      ['children', children as Raw],
      ['hosts', hosts as Raw],
      ['vars', groupVars(view, group)],
    ]) as Raw;
  };
  return new Map([['all', body(inventory.groups.get('all')!)]]) as Raw;
}
