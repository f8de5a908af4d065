import { dirname } from 'node:path';
import type { LoadOptions } from '../playbook/load.js';
import type { Frame } from '../playbook/tree.js';
import type { HostFiles } from '../template/library.js';
import type { Templater } from '../template/templater.js';
import { frameLayers } from '../vars/frame-layers.js';
import { data, type Layer } from '../vars/layer.js';
import { makeScope } from '../vars/scope.js';

function layersOf(frame: Frame, extraVars: Layer): Layer[] {
  const { params, vars, roleVars, playVars, defaults, use } = frameLayers(frame);
  const top = topOf(frame);
  const magic = new Map([['playbook_dir', dirname(top.file)]]);
  if (use) magic.set('role_path', use.role.path).set('role_name', use.role.name);
  return [
    data('magic variables', magic),
    extraVars,
    ...params,
    ...vars,
    ...roleVars,
    ...playVars,
    ...defaults,
  ];
}

function topOf(frame: Frame): Frame {
  return frame.parent ? topOf(frame.parent) : frame;
}

/**
 * Evaluates what must be known before the run (files of imports, roles, tags): no host is known then, so only extra
 * vars and the variables of the play, its roles and blocks count. An undefined name is an FfeError.
 */
export function staticTemplate(
  around: { readonly templater: Templater },
  extraVars: Layer,
  files: HostFiles,
): NonNullable<LoadOptions['template']> {
  return (text, frame, pos) => {
    const layers = frame ? layersOf(frame, extraVars) : [extraVars];
    const scope = makeScope(layers, { templater: around.templater, files });
    return around.templater.value(text, scope, files, { pos });
  };
}
