import type { Block, Include, Item, Meta, RoleItem, Task } from '../playbook/tree.js';

/**
 * A place in a play: phase, then index by index down the tree (a block's body, rescue and always are 0, 1 and 2).
 * Comparing keys gives the order in which the linear strategy runs them.
 */
export type Key = readonly number[];

/** The next thing a host has to do. `rescuable`: a failure here ends in a rescue. */
export type Step =
  | { readonly kind: 'task'; readonly task: Task; readonly key: Key; readonly rescuable: boolean }
  | { readonly kind: 'include'; readonly include: Include; readonly key: Key; readonly rescuable: boolean }
  | { readonly kind: 'meta'; readonly meta: Meta; readonly key: Key; readonly rescuable: boolean };

/** What an include brought: the items to walk, each under its ordinal, with the loop variables that hold in it. */
export type Included = {
  readonly item: Block | RoleItem;
  readonly ordinal: number;
  readonly bind: ReadonlyMap<string, import('../values/value.js').Value>;
};

/** How a step went on one host, as far as the walk is concerned. */
export type StepResult = {
  readonly status: 'ok' | 'failed' | 'unreachable' | 'ended' | 'end-role' | 'flush';
  readonly included?: readonly Included[];
};

/** Where a host goes after an item: on, into the rescue above, out of the role, or out of the play. */
export type Flow = 'next' | 'failed' | 'ended' | 'end-role';

/** Order of two places; 0 for the same one. */
export function compareKeys(a: Key, b: Key): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** The item of a step. */
export function itemOf(step: Step): Task | Include | Meta {
  switch (step.kind) {
    case 'task':
      return step.task;
    case 'include':
      return step.include;
    case 'meta':
      return step.meta;
  }
}

/** The tasks of a list in the order in which they are met, blocks and roles opened (rescue left out). */
export function flatten(items: readonly Item[]): Task[] {
  return items.flatMap(flattenItem);
}

function flattenItem(item: Item): Task[] {
  switch (item.kind) {
    case 'task':
      return [item];
    case 'block':
      return flatten([...item.body, ...item.always]);
    case 'role':
      return flatten([...item.use.dependencies.flatMap((d) => d.tasks), ...item.use.tasks]);
    case 'include':
    case 'meta':
      return [];
  }
}
