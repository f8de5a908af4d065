import type { Raw, Value } from '../values/value.js';
import type { Loading, RoleRequest } from './loading.js';
import { textOf } from './raw.js';
import type { Frame, RoleUse, Task } from './tree.js';

const MODULE = 'validate_argument_spec';

/** The task that checks a role's parameters against meta/argument_specs, as Ansible puts one before the role's own. */
export function specTask(use: RoleUse, request: RoleRequest, loading: Loading): Task | undefined {
  const entry = request.from.tasks?.replace(/\.(?:yml|yaml|json)$/, '') ?? 'main';
  const spec = use.role.argumentSpecs?.get(entry);
  if (!(spec instanceof Map) || !loading.options.modules.has(MODULE)) return undefined;
  const short = textOf((spec as Map<Value, Raw>).get('short_description'));
  const name = `Validating arguments against arg spec '${entry}'${short ? ` - ${short}` : ''}`;
  const context = new Map<Value, Value>([
    ['type', 'role'],
    ['name', use.role.name],
    ['argument_spec_name', entry],
    ['path', use.role.path],
  ]);
  const args = new Map<string, Raw>([
    ['argument_spec', ((spec as Map<Value, Raw>).get('options') ?? new Map()) as Raw],
    ['provided_arguments', new Map(use.frame.params ?? []) as Raw],
    ['validate_args_context', context],
  ]);
  const pos = use.frame.pos;
  const frame: Frame = {
    kind: 'task',
    parent: use.frame,
    directives: new Map(),
    when: [],
    tags: ['always'],
    vars: new Map(),
    pos,
    file: use.frame.file,
  };
  return {
    kind: 'task',
    name: { value: name, pos },
    frame,
    pos,
    module: MODULE,
    written: `ansible.builtin.${MODULE}`,
    args,
    argsPos: pos,
    notify: [],
    listen: [],
    handler: false,
  };
}
