import type { At, Item, PlayKeyword, Task } from '../playbook/tree.js';
import type { Raw } from '../values/value.js';
import { asBool, finishAt } from './evaluate.js';
import { scopeOf } from './scopes.js';
import type { HostRun, PlayRun } from './state.js';

/** Keywords of plays that are arguments of gathering, and the settings that stand for them where a play says nothing. */
const ARGUMENTS: readonly (readonly [PlayKeyword, string])[] = [
  ['gather_subset', 'DEFAULT_GATHER_SUBSET'],
  ['gather_timeout', 'DEFAULT_GATHER_TIMEOUT'],
  ['fact_path', 'DEFAULT_FACT_PATH'],
];

function wanted(play: PlayRun, host: HostRun): boolean {
  const at = play.play.keywords.get('gather_facts');
  const explicit = at ? asBool(finishAt(at, scopeOf({ play, host: host.name }))) : undefined;
  switch (play.run.options.gathering) {
    case 'implicit':
      return explicit ?? true;
    case 'explicit':
      return explicit ?? false;
    case 'smart':
      return (explicit ?? true) && host.store.injected.get('module_setup') !== true;
  }
}

function makeTask({ play, run }: PlayRun): Task {
  const args = new Map<string, Raw>();
  for (const [keyword, setting] of ARGUMENTS) {
    const at: At | undefined = play.keywords.get(keyword);
    const value = at ? at.value : run.setting?.(setting);
    if (value !== undefined && value !== null) args.set(keyword, value);
  }
  const { pos } = play;
  return {
    kind: 'task',
    name: { value: 'Gathering Facts', pos },
    module: 'gather_facts',
    written: 'gather_facts',
    args,
    argsPos: pos,
    frame: {
      kind: 'task',
      parent: play.frame,
      directives: new Map(),
      when: [],
      tags: ['always'],
      vars: new Map(),
      pos,
      file: play.file,
    },
    pos,
    notify: [],
    listen: [],
    handler: false,
  };
}

/** The implicit first task of a play on a host: gathering facts, unless the play or the settings say no. */
export function factsTask(play: PlayRun, host: HostRun): readonly Item[] {
  if (!wanted(play, host)) return [];
  const known = play.factsTask.task ?? makeTask(play);
  play.factsTask.task = known;
  return [known];
}
