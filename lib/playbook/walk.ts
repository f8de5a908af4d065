import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { Frame, Include, Item, Meta, Play, RoleUse, Task } from './tree.js';

/** A task as lists show it: its name with the role before it, or else what it calls; and all tags that reach it, sorted. */
export type Listed = {
  readonly item: Task | Include | Meta;
  readonly title: string;
  readonly tags: readonly string[];
  readonly role?: string;
};

function inherited(frame: Frame): string[] {
  const tags = new Set<string>();
  for (let f: Frame | undefined = frame; f; f = f.parent) for (const tag of f.tags) tags.add(tag);
  return [...tags].sort();
}

function roleName(frame: Frame): string | undefined {
  for (let f: Frame | undefined = frame; f; f = f.parent) {
    const role = f.role?.role;
    if (role) return role.collection ? `${role.collection}.${role.name}` : role.name;
  }
  return undefined;
}

function listed(item: Task | Include | Meta): Listed {
  const role = roleName(item.frame);
  const written = item.kind === 'meta' ? (item.written ?? 'meta') : item.written;
  const name = item.name?.value ? str(item.name.value as Value) : undefined;
  // Ansible names include_role without the role it is written in.
  const bare = role === undefined || (item.kind === 'include' && item.what === 'role');
  const title = name === undefined ? written : bare ? name : `${role} : ${name}`;
  return { item, role, title, tags: inherited(item.frame) };
}

function* walkUse(use: RoleUse): Generator<Listed> {
  for (const dependency of use.dependencies) yield* walkUse(dependency);
  yield* walkItems(use.tasks);
}

/** Every task of a list in the order it would run, blocks and roles opened; rescue and always parts only with `all`. */
export function* walkItems(items: readonly Item[], all = false): Generator<Listed> {
  for (const item of items) {
    if (item.kind === 'block') {
      yield* walkItems(item.body, all);
      if (all) yield* walkItems([...item.rescue, ...item.always], all);
    } else if (item.kind === 'role') yield* walkUse(item.use);
    else yield listed(item);
  }
}

/** Every task of a play in order: pre_tasks, roles, tasks, post_tasks. */
export function* walkPlay(play: Play): Generator<Listed> {
  yield* walkItems([...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks]);
}
