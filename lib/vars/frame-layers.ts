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

function ownVars(use: RoleUse): Layer[] {
  const standing: Standing = { level: 'role vars', owner: `role ${use.role.name}` };
  const beside =
    use.frame.vars.size > 0 ? [templates(`vars of role ${use.role.name}`, use.frame.vars, standing)] : [];
  return [...[...use.role.vars].reverse().map((f) => templates(f.file, f.vars, standing)), ...beside];
}

function ownDefaults(use: RoleUse): Layer[] {
  const standing: Standing = { level: 'role defaults', owner: `role ${use.role.name}` };
  return [...use.role.defaults].reverse().map((f) => templates(f.file, f.vars, standing));
}

const ofDependencies = (use: RoleUse, layers: (use: RoleUse) => Layer[]): Layer[] =>
  use.dependencies.toReversed().flatMap(layers);

/** Variables of a role use: its own files first, then `vars:` beside it, then what it depends on. */
export function roleVarLayers(use: RoleUse): Layer[] {
  return [...ownVars(use), ...ofDependencies(use, roleVarLayers)];
}

/** Defaults of a role use, its own first, then those of what it depends on. */
export function roleDefaultLayers(use: RoleUse): Layer[] {
  return [...ownDefaults(use), ...ofDependencies(use, roleDefaultLayers)];
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
    // Of the roles around it a role sees what is their own, not what their other dependencies bring. Their defaults
    // count more than those of its dependencies, their variables less.
    roleVars: use ? [...roleVarLayers(use), ...use.dependents.flatMap(ownVars)] : [],
    defaults: use
      ? [
          ...ownDefaults(use),
          ...use.dependents.flatMap(ownDefaults),
          ...ofDependencies(use, roleDefaultLayers),
        ]
      : [],
    use,
  };
}
