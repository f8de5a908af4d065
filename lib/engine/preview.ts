import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { findHost } from '../inventory/localhost.js';
import { bareFrame } from '../playbook/frame.js';
import type { Play } from '../playbook/tree.js';
import type { LayeredScope } from '../vars/scope.js';
import { playRun } from './play.js';
import { scopeOf } from './scopes.js';
import type { Run } from './state.js';

function emptyPlay(dir: string): Play {
  const file = join(dir, 'playbook.yml');
  const pos = { file, line: 1, col: 1 };
  return {
    pos,
    file,
    hosts: { value: 'all', pos },
    frame: bareFrame('play', undefined, pos, file),
    keywords: new Map(),
    roles: [],
    preTasks: [],
    tasks: [],
    postTasks: [],
    handlers: [],
    varsFiles: [],
    varsPrompt: [],
  };
}

/**
 * The variables of a host as a play on all hosts, in a playbook in `dir`, would see them before facts are gathered.
 * Throws code 'unknown-name' for a host that the inventory does not have.
 */
export function hostScope(run: Run, dir: string, host: string): LayeredScope {
  const hosts = [...run.inventory.hosts.keys()];
  if (!findHost(run.inventory, host))
    throw new FfeError('unknown-name', `the inventory has no host '${host}'${didYouMean(host, hosts)}`);
  const play = playRun(run, emptyPlay(dir), hosts, new Map());
  run.playing.current = play;
  return scopeOf({ play, host });
}
