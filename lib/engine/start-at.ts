import type { Item } from '../playbook/tree.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { PlayRun } from './state.js';

function matches(name: string, wanted: string): boolean {
  const pattern = wanted
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return name === wanted || new RegExp(`^${pattern}$`).test(name);
}

/** With --start-at-task: says no to every task until one of that name (or glob, or `role : name`) was met in the run. */
export function startFrom(play: PlayRun): (item: Item) => boolean {
  const { run } = play;
  const wanted = run.options.startAtTask;
  if (wanted === undefined) return () => true;
  const skipped = new Set<Item>();
  return (item) => {
    if (skipped.has(item)) return false;
    if (run.progress.started) return true;
    if (isFacts(item)) return true;
    skipped.add(item);
    if (item.kind === 'role' || !item.name) return false;
    const name = str(item.name.value as Value);
    const role = run.effective(item.frame).layers.use?.role.name;
    if (matches(name, wanted) || (role !== undefined && matches(`${role} : ${name}`, wanted))) {
      run.progress.started = true;
      return skipped.delete(item);
    }
    return false;
  };
}

function isFacts(item: Item): boolean {
  return item.kind === 'task' && item.module === 'gather_facts' && item.written === 'gather_facts';
}
