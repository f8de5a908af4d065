import type { At } from '../../playbook/tree.js';
import { truthy } from '../../values/truth.js';
import type { Raw, Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { finish } from '../evaluate.js';

/** Tests one condition: a text is an expression, anything else its truth. */
export function holds(condition: Raw, scope: LayeredScope, pos?: At['pos']): boolean {
  if (typeof condition === 'boolean') return condition;
  if (condition === null || condition === '') return true;
  if (typeof condition === 'string')
    return scope.tools.templater.condition(condition, scope, scope.tools.files, { pos });
  return truthy(finish(condition, scope, pos) as Value);
}

/** The first condition that does not hold, or undefined when all do. Lists of conditions are all needed. */
export function failing(conditions: readonly At[], scope: LayeredScope): At | undefined {
  return conditions.find((at) => !holdsAll(at, scope));
}

function holdsAll(at: At, scope: LayeredScope): boolean {
  const all = Array.isArray(at.value) ? (at.value as Raw[]) : [at.value];
  return all.every((one) => holds(one, scope, at.pos));
}
