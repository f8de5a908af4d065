import type { Become } from '../node/become.js';
import type { Node } from '../node/node.js';
import type { LayeredScope } from '../vars/scope.js';
import { becomeFor, type ConnectionSettings, connectionSettings, nodeFor } from './connect.js';
import { type Keyword, keywords } from './evaluate.js';
import { scopeOf } from './scopes.js';
import type { Attempt } from './task/attempt.js';
import type { Reach } from './task/plan-module.js';

/** What was worked out for the tasks of a frame on a host; stale when the host's variables or the inventory changed. */
export type KnownReach = {
  readonly version: string;
  readonly node: () => Promise<Node>;
  readonly become: () => Become | undefined;
};

function once<T>(make: () => T): () => T {
  const made: { value?: T } = {};
  return () => {
    if (!('value' in made)) made.value = make();
    return made.value as T;
  };
}

/** The delegate's own connection: keywords of the task say nothing about it. */
function forDelegate(keyword: Keyword): Keyword {
  return (name) => (name === 'connection' || name === 'port' ? undefined : keyword(name));
}

function scopeThere(attempt: Attempt, delegate: string): LayeredScope {
  return scopeOf({ play: attempt.play, host: delegate, frame: attempt.task.frame });
}

/** How a delegate is reached: by its own variables. */
export function delegateSettings(attempt: Attempt, delegate: string): ConnectionSettings {
  const { run, scope, effective } = attempt;
  const keyword = forDelegate(keywords(effective, scope));
  return connectionSettings(run, delegate, scopeThere(attempt, delegate), keyword);
}

function delegated(attempt: Attempt, delegate: string): Reach {
  const { run, scope, effective } = attempt;
  const keyword = keywords(effective, scope);
  return {
    node: () => nodeFor(run, delegateSettings(attempt, delegate)),
    become: () => becomeFor(run, scopeThere(attempt, delegate), keyword),
  };
}

/** Where a task's commands run: the delegate's connection, or the host's own; as whom. */
export function reachOf(attempt: Attempt, delegate: string | undefined): Reach {
  if (delegate !== undefined) return delegated(attempt, delegate);
  const { run, scope, effective, host } = attempt;
  const keyword = keywords(effective, scope);
  const fresh = (version: string): KnownReach => ({
    version,
    node: once(() => nodeFor(run, connectionSettings(run, host.name, scope, keyword))),
    become: once(() => becomeFor(run, scope, keyword)),
  });
  // Loop variables may be part of the settings, so those are worked out for each item.
  if (attempt.item || host.bindings.size > 0 || attempt.task.frame.vars.size > 0) return fresh('');
  const version = `${host.store.version}.${run.inventory.version}`;
  const known = host.reaches.get(effective.directives);
  if (known?.version === version) return known;
  const made = fresh(version);
  host.reaches.set(effective.directives, made);
  return made;
}
