import { dirname, join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { groupsOf } from '../inventory/groups-of.js';
import type { Frame, RoleUse } from '../playbook/tree.js';
import type { HostFiles } from '../template/library.js';
import { Undefined } from '../values/undefined.js';
import type { Dict, Raw, Value } from '../values/value.js';
import { type FrameLayers, roleDefaultLayers, roleVarLayers } from '../vars/frame-layers.js';
import { type HostStore, hostStore, takeFacts } from '../vars/host-store.js';
import { inventoryLayers } from '../vars/inventory-layers.js';
import { type Layer, templates } from '../vars/layer.js';
import { lazyDict } from '../vars/lazy-dict.js';
import { precedence } from '../vars/precedence.js';
import { resolve } from '../vars/resolve.js';
import { type LayeredScope, makeScope } from '../vars/scope.js';
import { connectionVariables } from './connection-variables.js';
import type { HostRun, PlayRun, Run } from './state.js';

/** The store of a host, made when it is first asked for. */
export function storeOf(run: Run, host: string): HostStore {
  const known = run.stores.get(host);
  if (known) return known;
  const cache = run.factCache;
  const made = hostStore(
    run.injectFacts,
    cache && ((facts) => (facts ? cache.write(host, facts) : cache.remove(host))),
  );
  run.stores.set(host, made);
  const before = cache?.read(host);
  if (before) takeFacts(made, before);
  return made;
}

/** Folders in which a frame's files and templates are looked for, nearest first: role, the task's own folder, playbook. */
export function searchPath(frame: Frame | undefined, baseDir: string): string[] {
  const out: string[] = [];
  for (let f = frame; f; f = f.parent) {
    if (f.role) {
      const above = [...f.role.dependents, ...f.role.parents];
      out.push(f.role.role.path, ...above.map((use) => use.role.path));
      break;
    }
  }
  if (frame) out.push(dirname(frame.file));
  out.push(baseDir);
  return [...new Set(out)];
}

/** Where a scope is wanted: bindings are what this host's frames hold (loop variables of includes). */
export type ScopePlace = {
  readonly play: PlayRun;
  readonly host: string;
  readonly frame?: Frame;
  readonly bindings?: ReadonlyMap<Frame, ReadonlyMap<string, Value>>;
  readonly ahead?: boolean;
  /** Only what belongs to the host itself, as `hostvars` shows it: nothing of the play and its roles. */
  readonly own?: boolean;
  /** The variables tell of the connection, too. */
  readonly connected?: boolean;
};

const toolsOf = ({ templater, mergesDicts }: Run) => ({ templater, merges: mergesDicts });

function varsFiles(place: ScopePlace): Layer[] {
  const { play } = place;
  const base: LayeredScope = makeScope(
    layersOf(place, [], () => base),
    { ...toolsOf(play.run), files: play.run.files(place.frame, true) },
  );
  return play.play.varsFiles
    .flatMap((at) => {
      const file = play.varsFile(at, base);
      return file ? [templates(file.file, file.vars, { level: 'play vars_files' })] : [];
    })
    .reverse();
}

function layersOf(
  place: ScopePlace,
  filesLayers: readonly Layer[],
  scope: () => LayeredScope,
): ReturnType<typeof precedence> {
  const { play, host } = place;
  const { run } = play;
  const frame = place.frame ?? play.play.frame;
  const layers = place.own ? NO_FRAMES : run.effective(frame).layers;
  const inventory = play.inventoryOf(host);
  const exported = place.own ? { vars: [], defaults: [] } : play.exportedLayers();
  return precedence({
    place: { run: run.magic, host, groups: inventory.groups, frame, play: play.magic, use: layers.use },
    extraVars: run.options.extraVars,
    store: storeOf(run, host),
    frames: layers,
    bindings: place.bindings ?? NONE,
    play: place.own ? [] : [...filesLayers, play.prompts],
    exportedVars: exported.vars,
    exportedDefaults: exported.defaults,
    inventory: inventory.layers,
    connection: place.connected ? connectionVariables(run, host, run.effective(frame), scope) : undefined,
  });
}

const NO_FRAMES: FrameLayers = { params: [], vars: [], playVars: [], roleVars: [], defaults: [] };

const NONE: ReadonlyMap<Frame, ReadonlyMap<string, Value>> = new Map();

/** The scope of a frame on a host. */
export function scopeOf(place: ScopePlace): LayeredScope {
  const { play } = place;
  const files = play.run.files(place.frame ?? play.play.frame, place.ahead ?? false);
  const made = play.play.varsFiles.length > 0 && !place.own ? varsFiles(place) : [];
  const scope: LayeredScope = makeScope(
    layersOf(place, made, () => scope),
    { ...toolsOf(play.run), files },
  );
  return scope;
}

/** The scope of a frame on a host of a batch, with what the frame holds there; `ahead` as in ScopePlace. */
export function scopeAt(host: HostRun, frame: Frame, ahead = false): LayeredScope {
  const { play } = host.batch;
  return scopeOf({ play, host: host.name, frame, bindings: host.bindings, ahead, connected: true });
}

/** What the inventory says of a host: the names of its groups without `all`, sorted, and its variables. */
export type InventoryPart = { readonly groups: readonly string[]; readonly layers: readonly Layer[] };

/** What the inventory says of every host, remembered until the inventory changes. */
export function inventoryParts(
  run: Run,
  beside: Parameters<typeof inventoryLayers>[2],
): (host: string) => InventoryPart {
  const known = new Map<string, InventoryPart>();
  const seen = { version: run.inventory.version };
  return (host) => {
    if (seen.version !== run.inventory.version) {
      known.clear();
      seen.version = run.inventory.version;
    }
    const before = known.get(host);
    if (before) return before;
    const groups = groupsOf(run.inventory, host).map((g) => g.name);
    const made = {
      groups: groups.filter((n) => n !== 'all').sort(),
      layers: inventoryLayers(run.inventory, host, beside),
    };
    known.set(host, made);
    return made;
  };
}

/** Vars and defaults of the role uses that a play exports, put together again when one is added. */
export function exportedLayers(
  exported: readonly RoleUse[],
): () => { readonly vars: readonly Layer[]; readonly defaults: readonly Layer[] } {
  const made: { count: number; vars: readonly Layer[]; defaults: readonly Layer[] } = {
    count: -1,
    vars: [],
    defaults: [],
  };
  return () => {
    if (made.count === exported.length) return made;
    made.count = exported.length;
    // Of two roles the later one's variables count.
    made.vars = exported.toReversed().flatMap(roleVarLayers);
    made.defaults = exported.toReversed().flatMap(roleDefaultLayers);
    return made;
  };
}

/** A variable of `hostvars` some of whose texts need what only a play knows: those stay as they were written, as in Ansible. */
function asWritten(raw: Raw | undefined, scope: LayeredScope): Value | undefined {
  if (raw === undefined) return undefined;
  const { templater, files } = scope.tools;
  const text = (source: string): Value => {
    try {
      return templater.value(source, scope, files);
    } catch (error) {
      if (error instanceof FfeError && error.code === 'undefined') return source;
      throw error;
    }
  };
  return resolve(raw, text, files);
}

/** `hostvars`: every host's variables, made when looked at; a host's are made again when something was learnt of it. */
export function hostVars(run: Run, play: () => PlayRun | undefined): Dict {
  const known = new Map<
    string,
    { version: number; inventory: number; play: PlayRun | undefined; dict: Dict }
  >();
  const of = (host: string): Dict | undefined => {
    const current = play();
    if (!current || !(run.inventory.hosts.has(host) || host === 'localhost')) return undefined;
    const { version } = storeOf(run, host);
    const before = known.get(host);
    if (
      before &&
      before.version === version &&
      before.inventory === run.inventory.version &&
      before.play === current
    )
      return before.dict;
    const scope = scopeOf({ play: current, host, own: true });
    // A host's variables do not hold those of all hosts again: printing them would have no end.
    const dict = lazyDict(
      () => [...scope.names()].filter((name) => name !== 'hostvars'),
      (name) => {
        const value = name === 'hostvars' ? undefined : scope.get(name);
        if (value instanceof Undefined && value.sealed) throw value.sealed.error;
        return value instanceof Undefined ? asWritten(scope.raw?.(name) as Raw | undefined, scope) : value;
      },
    );
    known.set(host, { version, inventory: run.inventory.version, play: current, dict });
    return dict;
  };
  return lazyDict(() => run.inventory.hosts.keys(), of, false);
}

/** `groups`: host names by group, made again when the inventory changes. */
export function groupsDict(run: Run): () => Dict {
  const seen: { version: number; dict: Dict } = { version: -1, dict: new Map() };
  return () => {
    if (seen.version === run.inventory.version) return seen.dict;
    seen.dict = new Map();
    for (const name of run.inventory.groups.keys()) seen.dict.set(name, hostsIn(run, name));
    seen.version = run.inventory.version;
    return seen.dict;
  };
}

function hostsIn(run: Run, group: string): string[] {
  const out = new Set<string>();
  const add = (name: string): void => {
    const g = run.inventory.groups.get(name);
    for (const host of g?.hosts ?? []) out.add(host);
    for (const child of g?.children ?? []) add(child);
  };
  add(group);
  return [...out];
}

/** The controller-side surroundings of templates, by frame. */
export function filesOf(
  run: Pick<Run, 'redactor' | 'unvault' | 'unvaultBytes'>,
  baseDir: () => string,
  service: HostFiles['service'],
): Run['files'] {
  const sealed = new Set<string>();
  const make = (frame: Frame | undefined, ahead: boolean): HostFiles => ({
    searchPath: searchPath(frame, baseDir()),
    baseDir: baseDir(),
    ahead,
    secret: (t) => run.redactor.add(t),
    unvault: run.unvault,
    unvaultBytes: run.unvaultBytes,
    sealed,
    service,
  });
  const known = { false: new WeakMap<Frame, HostFiles>(), true: new WeakMap<Frame, HostFiles>() };
  return (frame, ahead) => {
    if (!frame) return make(frame, ahead);
    const of = known[`${ahead}`];
    const before = of.get(frame);
    if (before) return before;
    const made = make(frame, ahead);
    of.set(frame, made);
    return made;
  };
}

/** Candidates for a file named in a task: `<folder>/<kind>/<src>`, then `<folder>/<src>`, for every folder of the search path. */
export function candidates(
  kind: 'files' | 'templates' | 'vars' | 'tasks',
  src: string,
  path: readonly string[],
): string[] {
  if (src.startsWith('/')) return [src];
  return path.flatMap((dir) => [join(dir, kind, src), join(dir, src)]);
}
