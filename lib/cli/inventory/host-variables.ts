import { hostScope } from '../../engine/preview.js';
import type { Run } from '../../engine/state.js';
import type { Group, Host } from '../../inventory/inventory.js';
import type { Raw } from '../../values/value.js';
import type { Layer } from '../../vars/layer.js';

/** Variables by name, as they were written. */
export type RawVars = Map<string, Raw>;

/** Where variables come from: the run they are looked at in, the folder that stands for the playbook's, own ones only. */
export type VarsView = { readonly run: Run; readonly dir: string; readonly own: boolean };

/** Variables that Ansible makes up itself; an inventory that holds them is not believed to. */
const INTERNAL = [
  'ansible_config_file',
  'ansible_diff_mode',
  'ansible_facts',
  'ansible_forks',
  'ansible_inventory_sources',
  'ansible_limit',
  'ansible_playbook_python',
  'ansible_run_tags',
  'ansible_skip_tags',
  'ansible_verbosity',
  'ansible_version',
  'group_names',
  'groups',
  'inventory_dir',
  'inventory_file',
  'inventory_hostname',
  'inventory_hostname_short',
  'omit',
  'playbook_dir',
];

function merged(blocks: Iterable<ReadonlyMap<string, Raw>>): RawVars {
  const out: RawVars = new Map();
  for (const vars of blocks) for (const [name, raw] of vars) out.set(name, raw);
  for (const name of INTERNAL) out.delete(name);
  return out;
}

/** The variables of a host: all that a play would see, or only its own. */
export function variablesOfHost({ run, dir, own }: VarsView, host: Host): RawVars {
  if (own)
    return merged([
      ...host.vars.map((b) => b.vars),
      ...run
        .beside(dir)
        .host(host.name)
        .map((b) => b.vars),
    ]);
  const layers = hostScope(run, dir, host.name).layers.filter((l): l is Layer => !('names' in l));
  return merged(layers.toReversed().map((l) => l.vars));
}

/** The variables of a group itself, with its priority where that is not the usual one. */
export function variablesOfGroup({ run, dir }: VarsView, group: Group): RawVars {
  const vars = merged([
    ...group.vars.map((b) => b.vars),
    ...run
      .beside(dir)
      .group(group.name)
      .map((b) => b.vars),
  ]);
  if (group.priority !== 1) vars.set('ansible_group_priority', group.priority);
  return vars;
}
