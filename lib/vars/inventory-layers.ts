import { groupsOf } from '../inventory/groups-of.js';
import type { Group, Inventory, VarBlock } from '../inventory/inventory.js';
import { type Layer, templates } from './layer.js';
import type { Level } from './level.js';

/** Variables of group_vars and host_vars folders beside a playbook, lowest precedence first. */
export type BesideVars = {
  readonly group: (name: string) => readonly VarBlock[];
  readonly host: (name: string) => readonly VarBlock[];
};

/** How a block's source tells an inventory file's own vars from those of a group_vars or host_vars folder. */
function isBeside(block: VarBlock): boolean {
  return /[\\/](group|host)_vars[\\/]/.test(block.source);
}

function lift(blocks: readonly VarBlock[], level: Level, owner: string): Layer[] {
  return blocks.map((b) => templates(b.source, b.vars, { level, owner })).reverse();
}

/**
 * What the inventory says of a host, highest precedence first: levels 10 to 3 of Ansible's documentation
 * (playbook host_vars, inventory host_vars, inventory file host vars, then groups: playbook group_vars, inventory
 * group_vars, inventory file; `all` below the other groups at each of these).
 */
export function inventoryLayers(
  inventory: Inventory,
  hostName: string,
  beside: BesideVars | undefined,
): Layer[] {
  const host = inventory.hosts.get(hostName);
  const groups = groupsOf(inventory, hostName);
  const others = groups.filter((g) => g.name !== 'all').reverse();
  const all = groups.filter((g) => g.name === 'all');
  const scope = (g: Group): 'all' | '*' => (g.name === 'all' ? 'all' : '*');
  const folders = (list: Group[]): Layer[] =>
    list.flatMap((g) => lift(g.vars.filter(isBeside), `inventory group_vars/${scope(g)}`, `group ${g.name}`));
  const files = (list: Group[]): Layer[] =>
    list.flatMap((g) =>
      lift(
        g.vars.filter((b) => !isBeside(b)),
        'inventory group vars',
        `group ${g.name}`,
      ),
    );
  const besidePlay = (list: Group[]): Layer[] =>
    list.flatMap((g) =>
      lift(beside?.group(g.name) ?? [], `playbook group_vars/${scope(g)}`, `group ${g.name}`),
    );
  const own = host?.vars ?? [];
  const hostOwner = `host ${hostName}`;
  return [
    ...lift(beside?.host(hostName) ?? [], 'playbook host_vars/*', hostOwner),
    ...lift(own.filter(isBeside), 'inventory host_vars/*', hostOwner),
    ...lift(
      own.filter((b) => !isBeside(b)),
      'inventory host vars',
      hostOwner,
    ),
    ...besidePlay(others),
    ...folders(others),
    ...besidePlay(all),
    ...folders(all),
    ...files(others),
    ...files(all),
  ];
}
