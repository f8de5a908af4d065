import { FfeError } from '../errors/error.js';
import { defineModule } from '../modules/module.js';
import { type Loading, type Place, settleErrors } from './loading.js';
import type { At, Late, Task } from './tree.js';

/** Stands for a module whose name is a template that only a host's facts and results can fill in. */
export const LATE = defineModule({
  name: 'late',
  summary: 'Stand for a module that is not known before the run.',
  args: {},
  openArgs: true,
  check: 'handled',
  returns: {},
  examples: '',
  run: () => Promise.reject(new FfeError('internal', 'a module was called before its name was known')),
});

/** What finds the task of each name that the template gives; each name is read and checked once. */
export function lateOf(name: At, place: Place, read: (name: string, place: Place) => Task): Late {
  const known = new Map<string, Task>();
  const resolve = (found: string): Task => {
    const loading: Loading = { ...place.loading, errors: [] };
    const task = known.get(found) ?? read(found, { ...place, loading });
    settleErrors(loading);
    known.set(found, task);
    return task;
  };
  return { name, resolve };
}
