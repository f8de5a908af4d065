import type { Item, Play, RoleUse } from '../playbook/tree.js';

/** What makes two uses of a role the same for "already ran": name, entry file, parameters, conditions, tags. */
export function useIdentity(use: RoleUse): string {
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_, v) => (v instanceof Map ? [...v] : typeof v === 'bigint' ? String(v) : v));
  const { frame } = use;
  return shown([
    use.role.path,
    use.entry,
    frame.params ?? null,
    frame.vars,
    frame.when.map((w) => w.value),
    frame.tags,
  ]);
}

/** Role uses of a list whose variables the whole play sees: roles, and static imports that export theirs. */
function exportedUses(items: readonly Item[]): RoleUse[] {
  return items.flatMap((item) => {
    if (item.kind === 'role')
      return [...(item.use.exported ? [item.use] : []), ...exportedUses(item.use.tasks)];
    return item.kind === 'block' ? exportedUses([...item.body, ...item.rescue, ...item.always]) : [];
  });
}

/**
 * The roles of a play whose variables all its tasks see, later ones above earlier ones: first those of `roles:`, then what
 * these import, then what the other lists of tasks import.
 */
export function playUses(play: Play): RoleUse[] {
  const named = play.roles.flatMap(({ use }) => (use.exported ? [use] : []));
  const below = play.roles.flatMap(({ use }) => exportedUses(use.tasks));
  return [...named, ...below, ...exportedUses([...play.preTasks, ...play.postTasks, ...play.tasks])];
}

/**
 * Handlers of the roles in a list, dependencies' first. Two uses that are the same share theirs; `seen` holds the
 * identities that were met.
 */
export function roleHandlers(items: readonly Item[], seen: Set<string>): Item[] {
  const ofUse = (use: RoleUse): Item[] => {
    const before = use.dependencies.flatMap(ofUse);
    const identity = useIdentity(use);
    const own = seen.has(identity) ? [] : use.handlers;
    seen.add(identity);
    return [...before, ...own, ...roleHandlers(use.tasks, seen)];
  };
  return items.flatMap((item) => {
    if (item.kind === 'role') return ofUse(item.use);
    return item.kind === 'block' ? roleHandlers([...item.body, ...item.rescue, ...item.always], seen) : [];
  });
}

/** Handlers are flat: blocks among them only group. */
export function flatHandlers(items: readonly Item[]): Item[] {
  return items.flatMap((item) => (item.kind === 'block' ? flatHandlers(item.body) : [item]));
}
