import type { Inventory } from './inventory.js';

const INVALID = /^[\d\W]|\W/g;

/** A group name with everything but letters, digits and underscores replaced, as Ansible's plug-ins make theirs. */
export function safeGroupName(name: string): string {
  return name.replace(INVALID, '_');
}

/** The name that a group gets in this inventory: Ansible's setting `force_valid_group_names` decides. */
export function groupName({ rules }: Inventory, name: string): string {
  return rules.groupNames === 'always' || rules.groupNames === 'silently' ? safeGroupName(name) : name;
}

const LEFT = 'Invalid characters were found in group names but not replaced';
const REPLACED = 'Invalid characters were found in group names and automatically replaced';

/** What is to be said of group names that are no names of variables; undefined when all are, or nobody wants to know. */
export function groupNameWarning({ rules, groups, renamed }: Inventory): string | undefined {
  if (rules.groupNames === 'ignore' || rules.groupNames === 'silently') return undefined;
  const always = rules.groupNames === 'always';
  const names = always ? [...renamed] : [...groups.keys()].filter((name) => safeGroupName(name) !== name);
  return names.length === 0 ? undefined : `${always ? REPLACED : LEFT}: ${names.join(', ')}`;
}
