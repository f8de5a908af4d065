import type { Include, Item, Meta, Task } from '../playbook/tree.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import { finishAt, flag } from './evaluate.js';
import type { TaskInfo } from './event.js';
import { scopeAt } from './scopes.js';
import type { HostRun } from './state.js';

type Named = Task | Include | Meta;

function writtenName(item: Named): string {
  if (item.kind === 'meta') return 'meta';
  if (item.kind === 'include' && item.what === 'role')
    return `${item.written} : ${str((item.args.get('name') ?? item.args.get('role') ?? '') as Value)}`;
  return item.written;
}

function nameOf(item: Named, host: HostRun): string {
  if (!item.name || item.name.value === '') return writtenName(item);
  try {
    const scope = scopeAt(host, item.frame);
    return str(finishAt(item.name, scope));
  } catch {
    return str(item.name.value as Value); // as Ansible: a name that cannot be evaluated is shown as it was written
  }
}

/** An include of a role is named without the role that it stands in, as in Ansible. */
function isRoleInclude(item: Named): boolean {
  return item.kind === 'include' && item.what === 'role';
}

/** What listeners are told about a task; made once per task and play, with the variables of the first host. */
export function taskInfo(item: Named, host: HostRun): TaskInfo {
  const { play } = host.batch;
  const known = play.infos.get(item);
  if (known) return known;
  const { run } = play;
  const effective = run.effective(item.frame);
  const role = effective.layers.use?.role;
  const scope = scopeAt(host, item.frame);
  run.progress.tasks += 1;
  const made: TaskInfo = {
    id: run.progress.tasks,
    name: run.redactor.text(nameOf(item, host)),
    action: item.kind === 'meta' ? 'meta' : item.written,
    role: isRoleInclude(item)
      ? undefined
      : role && (role.collection ? `${role.collection}.${role.name}` : role.name),
    handler: 'handler' in item && item.handler,
    check: safely(() => flag(effective, 'check_mode', scope, run.options.check), run.options.check),
    diff: safely(() => flag(effective, 'diff', scope, run.options.diff), run.options.diff),
    noLog: safely(() => flag(effective, 'no_log', scope, run.setting?.('DEFAULT_NO_LOG') === true), true),
    pos: item.pos,
    tags: [...effective.tags],
  };
  if (!isTemplatedPerInclude(item)) play.infos.set(item, made);
  return made;
}

/** A task inside a looped include may have another name each time round. */
function isTemplatedPerInclude(item: Item): boolean {
  if (
    item.kind === 'role' ||
    !item.name ||
    typeof item.name.value !== 'string' ||
    !item.name.value.includes('{{')
  )
    return false;
  for (let f = item.frame.parent; f; f = f.parent) if (f.kind === 'include') return true;
  return false;
}

function safely<T>(f: () => T, fallback: T): T {
  try {
    return f();
  } catch {
    return fallback;
  }
}
