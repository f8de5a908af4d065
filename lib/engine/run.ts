import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { selectHosts } from '../inventory/select.js';
import type { Playbook } from '../playbook/tree.js';
import { fromJson } from '../values/convert.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { MagicRun } from '../vars/magic.js';
import { effectiveFrames } from './effective.js';
import type { Event, HostStats } from './event.js';
import { runPlay } from './play.js';
import { filesOf, groupsDict, hostVars, searchPath } from './scopes.js';
import type { PlayRun, Run, Surroundings, Timeless } from './state.js';

/** How a run ended: counts per host, and whether any host failed or could not be reached. */
export type Ended = {
  readonly stats: ReadonlyMap<string, HostStats>;
  readonly failed: boolean;
  readonly unreachable: boolean;
};

function clock(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

function lookupService(run: () => Run): (name: string, args: Value[]) => Value | undefined {
  return (name, args) => {
    // The lookup answers an empty list for what matches nothing, whatever plays do then.
    if (name === 'inventory_hostnames')
      return fromJson(
        selectHosts(
          run().inventory,
          args.map((a) => str(a)),
          { mismatch: 'ignore' },
        ).hosts,
      );
    return name === 'config' && args.length === 1 ? run().setting?.(str(args[0]!)) : undefined;
  };
}

/** vars_files are looked at for every scope, and read once. */
function remembered<T>(read: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>();
  return (file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const made = read(file);
    known.set(file, made);
    return made;
  };
}

/** Puts together what a run owns. */
export function createRun(around: Surroundings): Run {
  const time = clock();
  const playing: { current: PlayRun | undefined } = { current: undefined };
  const baseDir = (): string => (playing.current ? dirname(playing.current.play.file) : process.cwd());
  const { options } = around;
  const self = (): Run => run;
  const magic = {
    inventory: around.inventory,
    omit: `__omit_place_holder__${randomBytes(20).toString('hex')}`,
    check: options.check,
    diff: options.diff,
    verbosity: options.verbosity,
    forks: options.forks,
    limit: options.limit,
    configFile: options.configFile,
    tags: options.tags.length > 0 ? options.tags : ['all'],
    skipTags: options.skipTags,
    searchPath: (frame: Parameters<typeof searchPath>[0]) => searchPath(frame, baseDir()),
  };
  const run: Run = {
    ...around,
    readVars: remembered(around.readVars),
    // Made for this call alone, so it need not be copied.
    emit: (event: Timeless) => around.listen(Object.assign(event, { time: time() }) as Event),
    effective: effectiveFrames(),
    stores: new Map(),
    stats: new Map(),
    failed: new Set(),
    unreachable: new Set(),
    nodes: new Map(),
    answers: { epoch: 0, places: new Map() },
    ways: new Set(),
    magic: magic as unknown as MagicRun,
    files: filesOf(around, baseDir, lookupService(self)),
    background: new Set(),
    debugging: { turn: Promise.resolve() },
    validated: new Map(),
    warned: new Set(),
    custom: { run: {}, hosts: new Map() },
    progress: { tasks: 0, started: options.startAtTask === undefined, stepping: options.step !== undefined },
    playing,
  };
  if (options.flushCache) for (const host of run.inventory.hosts.keys()) run.factCache?.remove(host);
  Object.assign(magic, { hostvars: hostVars(run, () => playing.current), groups: groupsDict(run) });
  return run;
}

/** Runs playbooks one after the other; ends early when no host is left. Connections are closed in any case. */
export async function runPlaybooks(run: Run, playbooks: readonly Playbook[]): Promise<Ended> {
  run.emit({ type: 'run-start', playbooks: playbooks.map((p) => p.file) });
  try {
    await runAll(run, playbooks);
  } finally {
    if (!run.signal.aborted) await Promise.allSettled(run.background);
    await Promise.allSettled([...run.nodes.values()].map(async (node) => (await node).close()));
    run.emit({ type: 'run-end' });
  }
  return { stats: run.stats, failed: run.failed.size > 0, unreachable: run.unreachable.size > 0 };
}

/** Runs playbooks in turn, with a recap after each; a playbook that lost all its hosts, or broke, ends the run. */
async function runAll(run: Run, playbooks: readonly Playbook[]): Promise<void> {
  for (const playbook of playbooks) {
    run.emit({ type: 'playbook-start', file: playbook.file, plays: playbook.plays.length });
    for (const play of playbook.plays) if (!(await runPlay(run, play))) break;
    const failed = run.failed.size + run.unreachable.size > 0;
    run.emit({ type: 'recap', stats: run.stats, custom: { ...run.custom.run }, failed });
    if (failed) return;
  }
}
