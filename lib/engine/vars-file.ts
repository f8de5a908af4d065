import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import type { At, Play } from '../playbook/tree.js';
import { str } from '../values/print.js';
import type { Raw } from '../values/value.js';
import type { LayeredScope } from '../vars/scope.js';
import { finish } from './evaluate.js';
import type { PlayRun, Run } from './state.js';

/** Names of a vars_files entry: one file, or a list of which the first that exists counts. */
function names(at: At, scope: LayeredScope): string[] {
  const entries = Array.isArray(at.value) ? (at.value as Raw[]) : [at.value];
  return entries.flatMap((entry) => {
    const value = finish(entry, scope, at.pos);
    return Array.isArray(value) ? value.map((v) => str(v)) : [str(value)];
  });
}

/** Finds and reads vars_files for a host: their names may hold variables, facts among them. */
export function varsFile(run: Run, play: Play): PlayRun['varsFile'] {
  return (at, scope) => {
    let wanted: string[];
    try {
      wanted = names(at, scope);
    } catch (error) {
      if (error instanceof FfeError && error.code === 'undefined') return undefined; // facts are not there yet
      throw error;
    }
    const folder = dirname(play.file);
    const candidates = wanted.flatMap((name) => [resolve(folder, 'vars', name), resolve(folder, name)]);
    const file = candidates.find((c) => existsSync(c));
    if (file) return { file, vars: run.readVars(file) };
    throw new FfeError('not-found', `vars file ${wanted.join(', ')} was not found`, {
      pos: at.pos,
      notes: candidates.map((c) => `searched ${c}`),
    });
  };
}
