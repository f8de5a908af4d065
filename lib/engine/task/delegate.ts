import { FfeError } from '../../errors/error.js';
import { str } from '../../values/print.js';
import type { Dict, Value } from '../../values/value.js';
import { lazyDict } from '../../vars/lazy-dict.js';
import { finishAt } from '../evaluate.js';
import type { Attempt } from './attempt.js';

/** The host a task is delegated to, evaluated with the loop's variables; undefined for the host itself. */
export function delegateOf(attempt: Attempt): string | undefined {
  const at = attempt.effective.directives.get('delegate_to');
  if (!at) return undefined;
  const value = finishAt(at, attempt.scope);
  if (value === attempt.scope.get('omit') || value === null) return undefined;
  const name = str(value);
  if (name === '') throw new FfeError('bad-value', 'Undefined delegate_to host for task', { pos: at.pos });
  return name;
}

const NAMES: ReadonlySet<string> = new Set(['ansible_delegated_vars']);

/** A delegate's variables, under the name of the host that the task is for. */
function forHost(own: Dict, host: string): Dict {
  const keys = () => [...own.keys()].map(String);
  return lazyDict(keys, (key) => (key === 'inventory_hostname' ? host : own.get(key)));
}

/** The attempt of a delegated task with `ansible_delegated_vars`: the delegate's name, and its variables under it. */
export function seeingDelegate(attempt: Attempt): Attempt {
  if (!attempt.effective.directives.has('delegate_to')) return attempt;
  const get = (): Value => {
    const delegate = delegateOf(attempt);
    if (delegate === undefined) return new Map();
    const all = attempt.scope.get('hostvars');
    const own = all instanceof Map ? (all as Dict).get(delegate) : undefined;
    return new Map([[delegate, own instanceof Map ? forHost(own, attempt.host.name) : new Map()]]);
  };
  return { ...attempt, scope: attempt.scope.over({ label: 'delegate', names: NAMES, hidden: true, get }) };
}
