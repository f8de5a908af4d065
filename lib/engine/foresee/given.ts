import type { Item, Playbook, RoleUse, Task } from '../../playbook/tree.js';

/** What a run's tasks may bring: names, folders of roles, and whether names may come that nobody can foresee. */
export type Given = { readonly names: Set<string>; readonly folders: Set<string>; open: boolean };

const OWN_FACTS: Readonly<Record<string, readonly string[]>> = {
  package_facts: ['packages'],
  service_facts: ['services'],
};

/** Modules whose facts have ansible_ before their names, or their own in OWN_FACTS. */
const KNOWN_FACTS: ReadonlySet<string> = new Set([
  'setup',
  'gather_facts',
  'package_facts',
  'service_facts',
  'set_fact',
]);

function takeTask(task: Task, given: Given): void {
  const keys = [...task.args.keys()];
  const { definition } = task;
  for (const name of OWN_FACTS[task.module] ?? []) given.names.add(name);
  if (task.module === 'set_fact' || task.module === 'add_host')
    for (const key of keys) given.names.add(String(key));
  const foreign = definition === undefined || (definition.kind === 'run' && definition.scripted === true);
  const dynamic = keys.some((key) => String(key).includes('{{')) || task.argsTemplate !== undefined;
  const facts = /fact|setup|getent/.test(task.module) && !KNOWN_FACTS.has(task.module);
  const outside = task.module === 'include_vars' && [...task.args.values()].some(elsewhere);
  if (task.late || foreign || dynamic || facts || outside) given.open = true;
}

/** A file that need not be below the playbook. */
function elsewhere(file: unknown): boolean {
  return typeof file === 'string' && /^[/~]|\.\.|\{\{/.test(file);
}

function takeUse(use: RoleUse, given: Given): void {
  given.folders.add(use.role.path);
  for (const dependency of use.dependencies) takeUse(dependency, given);
  takeItems([...use.tasks, ...use.handlers], given);
}

function takeItems(items: readonly Item[], given: Given): void {
  for (const item of items) {
    if (item.kind === 'block') takeItems([...item.body, ...item.rescue, ...item.always], given);
    else if (item.kind === 'role') takeUse(item.use, given);
    else {
      if (item.register) given.names.add(item.register);
      for (const name of ['loop_var', 'index_var'] as const) {
        const at = item.loop?.control.get(name);
        if (typeof at?.value === 'string') given.names.add(at.value);
      }
      if (item.kind === 'task') takeTask(item, given);
      if (item.kind === 'include' && [...item.args.values()].some(elsewhere)) given.open = true;
      if (item.kind === 'include' && item.what === 'role' && String(item.args.get('name')).includes('.'))
        given.open = true;
    }
  }
}

/** What the tasks of all plays may bring. */
export function givenBy(playbooks: readonly Playbook[]): Given {
  const given: Given = { names: new Set(), folders: new Set(), open: false };
  for (const play of playbooks.flatMap((p) => p.plays)) {
    for (const { value } of play.varsPrompt) given.names.add(String(value.get('name')));
    for (const { value } of play.varsFiles) if ([value].flat().some(elsewhere)) given.open = true;
    takeItems([...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks, ...play.handlers], given);
  }
  return given;
}
