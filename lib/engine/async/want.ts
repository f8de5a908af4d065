import type { Module, ModuleResult } from '../../modules/module.js';
import { number } from '../evaluate.js';
import type { Attempt } from '../task/attempt.js';

/** How an `async` task is run: seconds it may take, seconds between two looks at it (0: nobody looks). */
export type Want = { readonly limit: number; readonly poll: number };

/** What `async` and `poll` of a task say; undefined for a task that is not asynchronous. */
export function asyncWant({ task, scope }: Attempt): Want | undefined {
  const limit = number(task.async, scope, 0);
  return limit > 0 ? { limit, poll: Math.max(0, number(task.poll, scope, 15)) } : undefined;
}

/** Modules that work on the controller as well as on the node: Ansible has action plug-ins for them, which refuse async. */
const ACTIONS: ReadonlySet<string> = new Set([
  ...['add_host', 'assemble', 'assert', 'async_status', 'copy', 'debug', 'fail', 'fetch', 'gather_facts'],
  ...['group_by', 'include_vars', 'pause', 'raw', 'script', 'set_fact', 'set_stats', 'template', 'unarchive'],
  ...['validate_argument_spec', 'wait_for_connection'],
]);

/** Why a task cannot be asynchronous, as Ansible says it. */
export function asyncRefusal(module: Module, check: boolean): ModuleResult | undefined {
  const refuse = (msg: string): ModuleResult => ({ changed: false, failed: true, msg });
  if ((module.collection ?? 'ansible.builtin') === 'ansible.builtin' && ACTIONS.has(module.name))
    return refuse('async is not supported for this task.');
  return check ? refuse('check mode and async cannot be used on same task.') : undefined;
}
