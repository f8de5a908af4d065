import type { Frame, Include, Item, Meta, RoleUse, Task } from '../playbook/tree.js';
import type { Value } from '../values/value.js';

/** What a walk asks of, and tells to, the host it belongs to. */
export type Walker = {
  /** Whether tags and --start-at-task let this item run. */
  selects(item: Task | Include | Meta): boolean;
  /** Loop variables that hold inside an included frame on this host. */
  bind(frame: Frame, vars: ReadonlyMap<string, Value>): void;
  /** A failure was caught by a rescue. */
  rescued(): void;
  /** False when the role ran before and may not run twice. */
  enterRole(use: RoleUse): boolean;
  leaveRole(use: RoleUse): void;
  /** The play's handlers in order of definition, roles' first. */
  handlers(): readonly Item[];
  /** Whether the handler was notified on this host; forgets it. */
  takeNotified(handler: Item): boolean;
  /** A handler failed: no further one runs, even when they are forced. */
  handlerFailed(): void;
  /** How often meta clear_host_errors was met: a failure from before it counts no more. */
  readonly errors: { cleared: number };
};
