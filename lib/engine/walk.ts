import type { Block, Item, RoleItem, RoleUse } from '../playbook/tree.js';
import type { Flow, Key, Step, StepResult } from './step.js';
import type { Walker } from './walker.js';

/** A host's way through (part of) a play: yields the steps to do, is told how each went, ends with where to go on. */
export type Walk = Generator<Step, Flow, StepResult>;

function flowOf(result: StepResult): Flow {
  switch (result.status) {
    case 'ok':
    case 'flush':
      return 'next';
    case 'end-role':
      return 'end-role';
    case 'failed':
      return 'failed';
    case 'unreachable':
    case 'ended':
      return 'ended';
  }
}

/** Walks a list until one item does not lead on. */
export function* walkItems(items: readonly Item[], key: Key, walker: Walker, rescuable = false): Walk {
  for (let i = 0; i < items.length; i++) {
    const flow = yield* walkItem(items[i]!, [...key, i], walker, rescuable);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

function* walkItem(item: Item, key: Key, walker: Walker, rescuable: boolean): Walk {
  switch (item.kind) {
    case 'task':
      return walker.selects(item) ? flowOf(yield { kind: 'task', task: item, key, rescuable }) : 'next';
    case 'block':
      return yield* walkBlock(item, key, walker, rescuable);
    case 'role':
      return yield* walkRole(item, key, walker, rescuable);
    case 'include': {
      if (!walker.selects(item)) return 'next';
      const result = yield { kind: 'include', include: item, key, rescuable };
      if (result.status !== 'ok') return flowOf(result);
      return yield* walkIncluded(result, key, walker, rescuable);
    }
    case 'meta': {
      if (!walker.selects(item)) return 'next';
      const result = yield { kind: 'meta', meta: item, key, rescuable };
      if (item.action === 'clear_host_errors') walker.errors.cleared += 1;
      return result.status === 'flush' ? yield* walkHandlers([...key, 0], walker, rescuable) : flowOf(result);
    }
  }
}

function* walkIncluded(result: StepResult, key: Key, walker: Walker, rescuable: boolean): Walk {
  for (const { item, ordinal, bind } of result.included ?? []) {
    walker.bind(item.frame, bind);
    const flow = yield* walkItem(item, [...key, ordinal], walker, rescuable);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

function* walkBlock(block: Block, key: Key, walker: Walker, outer: boolean): Walk {
  const rescuable = outer || block.rescue.length > 0;
  let flow = yield* walkItems(block.body, [...key, 0], walker, rescuable);
  if (flow === 'failed' && block.rescue.length > 0) {
    walker.rescued();
    flow = yield* walkItems(block.rescue, [...key, 1], walker, outer);
  }
  if (block.always.length > 0 && flow !== 'ended') {
    const before = walker.errors.cleared;
    const after = yield* walkItems(block.always, [...key, 2], walker, outer);
    if (after !== 'next' || walker.errors.cleared > before) flow = after;
  }
  return flow;
}

function* walkRole(item: RoleItem, key: Key, walker: Walker, rescuable: boolean): Walk {
  return yield* walkUse(item.use, key, walker, rescuable);
}

function* walkUse(use: RoleUse, key: Key, walker: Walker, rescuable: boolean): Walk {
  if (!walker.enterRole(use)) return 'next';
  for (let i = 0; i < use.dependencies.length; i++) {
    const flow = yield* walkUse(use.dependencies[i]!, [...key, i], walker, rescuable);
    if (flow !== 'next') return flow;
  }
  const flow = yield* walkItems(use.tasks, [...key, use.dependencies.length], walker, rescuable);
  if (flow === 'next' || flow === 'end-role') walker.leaveRole(use);
  return flow === 'end-role' ? 'next' : flow;
}

/** Runs the handlers that were notified on this host, once each, in the order of their definition. */
export function* walkHandlers(key: Key, walker: Walker, rescuable = false): Walk {
  const handlers = walker.handlers();
  for (let i = 0; i < handlers.length; i++) {
    const handler = handlers[i]!;
    if (!walker.takeNotified(handler)) continue;
    const flow = yield* walkItem(handler, [...key, i], { ...walker, selects: () => true }, rescuable);
    if (flow === 'failed') walker.handlerFailed();
    if (flow !== 'next') return flow;
  }
  return 'next';
}
