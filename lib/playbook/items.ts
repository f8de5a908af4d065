import { FfeError } from '../errors/error.js';
import type { Raw } from '../values/value.js';
import { actionOf } from './action.js';
import { isBlock, readBlock } from './block.js';
import { readImportRole, readIncludeRole } from './include-role.js';
import { isStaticInclude, readImportTasks, readIncludeTasks } from './include-tasks.js';
import { attempt, type Place } from './loading.js';
import { readMeta } from './meta.js';
import { type Dict, kindOf, placeOf } from './raw.js';
import { readTask } from './task.js';
import type { Item } from './tree.js';

function readItem(dict: Dict, place: Place): Item {
  if (isBlock(dict)) return readBlock(dict, place);
  const action = actionOf(dict, place);
  switch (action.builtin) {
    case undefined:
      return readTask(dict, action, place);
    case 'meta':
      return readMeta(dict, action, place);
    case 'import_tasks':
      return readImportTasks(dict, action, place);
    case 'include_tasks':
      return readIncludeTasks(dict, action, place);
    case 'import_role':
      return readImportRole(dict, action, place);
    case 'include_role':
      return readIncludeRole(dict, action, place);
    case 'include':
      place.loading.warnings.push({
        text: "'include' is deprecated, use include_tasks or import_tasks",
        pos: placeOf(dict, place.file, action.key),
      });
      return !place.dynamic && isStaticInclude(dict, action)
        ? readImportTasks(dict, action, place)
        : readIncludeTasks(dict, action, place);
  }
}

/** Reads a list of tasks; what is wrong is reported to the loading, and the rest of the list is still read. */
export function readItems(list: Raw, place: Place): Item[] {
  if (list === null) return [];
  const { loading, file } = place;
  if (!Array.isArray(list)) {
    const message = `a list of tasks was expected here, not ${kindOf(list)}`;
    const hint = list instanceof Map ? 'each task begins with a dash' : undefined;
    loading.errors.push(new FfeError('bad-value', message, { pos: placeOf(list, file), hint }));
    return [];
  }
  return (list as Raw[]).flatMap((raw, i) => {
    if (raw instanceof Map) return attempt(loading, () => readItem(raw as Dict, place)) ?? [];
    const message = `a task is a dict, not ${kindOf(raw)}`;
    loading.errors.push(new FfeError('bad-value', message, { pos: placeOf(list, file, i), form: true }));
    return [];
  });
}
