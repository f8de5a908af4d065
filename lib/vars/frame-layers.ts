import type { Frame, RoleUse } from '../playbook/tree.js';
import { type Layer, templates } from './layer.js';
import type { Standing } from './level.js';

/**
 * What the frames around a task contribute, split by level of precedence (highest first within each). The levels are
 * those of Ansible's documentation, "variable precedence": defaults 2, role vars 15, block and task vars 16-17,
 * role params 20, include params 21.
 */
export type FrameLayers = {
  readonly params: readonly Layer[];
  readonly vars: readonly Layer[];
  readonly roleVars: readonly Layer[];
  readonly playVars: readonly Layer[];
  readonly defaults: readonly Layer[];
  /** The role the task is in, if any. */
  readonly use?: RoleUse;
};

/** Variables of a role use: its own files first, then `vars:` beside it, then what it depends on. */
export function roleVarLayers(use: RoleUse): Layer[] {
  const standing: Standing = { level: 'role vars', owner: `role ${use.role.name}` };
  const own = [...use.role.vars].reverse().map((f) => templates(f.file, f.vars, standing));
  const beside =
    use.frame.vars.size > 0 ? [templates(`vars of role ${use.role.name}`, use.frame.vars, standing)] : [];
  return [...own, ...beside, ...use.dependencies.toReversed().flatMap(roleVarLayers)];
}

/** Defaults of a role use, its own first, then those of what it depends on. */
export function roleDefaultLayers(use: RoleUse): Layer[] {
  const standing: Standing = { level: 'role defaults', owner: `role ${use.role.name}` };
  const own = [...use.role.defaults].reverse().map((f) => templates(f.file, f.vars, standing));
  return [...own, ...use.dependencies.toReversed().flatMap(roleDefaultLayers)];
}

function dependentLayers(use: RoleUse, own: (use: RoleUse) => Layer[]): Layer[] {
  return [...own(use), ...use.dependents.flatMap(own)];
}

/** Splits a chain of frames into its levels. Depends on the frames only, so it is worth remembering per frame. */
export function frameLayers(frame: Frame): FrameLayers {
  const params: Layer[] = [];
  const vars: Layer[] = [];
  const playVars: Layer[] = [];
  let use: RoleUse | undefined;
  for (let f: Frame | undefined = frame; f; f = f.parent) {
    if (f.params && f.params.size > 0)
      params.push(
        templates(`params of ${f.role?.role.name ?? 'include'}`, f.params, { level: 'role params' }),
      );
    if (f.vars.size > 0) {
      if (f.kind === 'include') params.push(templates('include vars', f.vars, { level: 'include params' }));
      else if (f.kind === 'play') playVars.push(templates('play vars', f.vars, { level: 'play vars' }));
      else if (f.kind !== 'role') vars.push(templates(`${f.kind} vars`, f.vars, { level: `${f.kind} vars` }));
    }
    if (f.role && !use) use = f.role;
  }
  return {
    params,
    vars,
    playVars,
    roleVars: use ? dependentLayers(use, roleVarLayers) : [],
    defaults: use ? dependentLayers(use, roleDefaultLayers) : [],
    use,
  };
}
