import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path/posix';
import type { Action, Attributes, LinkAction, WriteAction } from './actions/action.js';
import type { Answer, PathAnswer, PathQuery, PathState, Query } from './queries/query.js';

/** What paths would be after actions that check mode planned and did not perform: their state, or null where nothing is. */
export type Foresight = {
  /** Takes actions as if they had been performed. */
  expect(actions: readonly Action[]): void;
  /** An answer of the node as it would be after those actions. */
  see(query: Query, answer: Answer): Answer;
  /** Actions were really performed: what was foreseen of these paths holds no more. */
  forget(actions: readonly Action[]): void;
};

type Known = Map<string, PathState | null>;

// A made-up inode: only sameness of foreseen files matters.
const NOWHERE = -1;

/** A path that was never seen: root makes it, with the usual umask. */
function fresh(path: string, type: PathState['type']): PathState {
  const now = Date.now() / 1000;
  const mode = type === 'link' ? 0o777 : type === 'directory' ? 0o755 : 0o644;
  const owner = { uid: 0, gid: 0, owner: 'root', group: 'root' };
  const inode = { ino: NOWHERE, dev: 0, nlink: 1, size: 0 };
  return { path, type, mode, ...owner, ...inode, atime: now, mtime: now, ctime: now };
}

function named(text: string, id: number): { id: number; name: string } {
  return /^\d+$/.test(text) ? { id: Number(text), name: '' } : { id, name: text };
}

function withAttributes(state: PathState, wished: Attributes | undefined): PathState {
  if (!wished) return state;
  const owner = wished.owner === undefined ? undefined : named(wished.owner, NOWHERE);
  const group = wished.group === undefined ? undefined : named(wished.group, NOWHERE);
  return {
    ...state,
    ...(owner && { uid: owner.id, owner: owner.name }),
    ...(group && { gid: group.id, group: group.name }),
    ...(wished.mode !== undefined && { mode: wished.mode }),
  };
}

function written(was: PathState, data: Uint8Array | undefined, size: number): PathState {
  return { ...was, type: 'file', content: data, checksum: undefined, size, target: undefined };
}

/** Every directory that `mkdir -p` would make, and the one that was asked for. */
function directories(known: Known, seen: Known, action: Extract<Action, { kind: 'mkdir' }>): void {
  if (action.parents)
    for (let up = dirname(action.path); up !== '/' && up !== '.'; up = dirname(up))
      if (!(known.get(up) ?? seen.get(up))) known.set(up, fresh(up, 'directory'));
  known.set(action.path, withAttributes(fresh(action.path, 'directory'), action.attributes));
}

type Place = {
  readonly known: Known;
  /** What a path is by now. */
  readonly before: (path: string) => PathState | undefined;
  readonly set: (path: string, state: PathState | null | undefined, wished?: Attributes) => void;
};

function placeOf(known: Known, seen: Known): Place {
  return {
    known,
    before: (path) => (known.has(path) ? known.get(path) : seen.get(path)) ?? undefined,
    set: (path, state, wished) => {
      if (state === null) known.set(path, null);
      else if (state) known.set(path, withAttributes({ ...state, path }, wished));
    },
  };
}

/** The path that a file action really means, where it looks through links. */
function through({ before }: Place, path: string, follow = true): string {
  const state = before(path);
  return follow && state?.type === 'link' ? (state.realTarget ?? path) : path;
}

function write(place: Place, action: WriteAction): void {
  const path = through(place, action.path, action.follow);
  const { content } = action;
  // The bytes of large files are not looked at here: later tasks see the node's own state.
  if (content.kind === 'local') place.known.delete(path);
  else {
    const was = place.before(path) ?? fresh(path, 'file');
    const data = content.kind === 'bytes' ? content.data : undefined;
    place.set(path, written(was, data, data?.length ?? 0), action.attributes);
  }
}

function link(place: Place, { path, target, hard, attributes }: LinkAction): void {
  const made = place.before(target);
  const both = made && { ...made, nlink: made.nlink + 1 };
  if (hard) place.set(target, both);
  place.set(path, hard ? both : { ...fresh(path, 'link'), target }, attributes);
}

function perform(place: Place, seen: Known, action: Action): void {
  const { known, before, set } = place;
  if (action.kind === 'mkdir') directories(known, seen, action);
  else if (action.kind === 'write') write(place, action);
  else if (action.kind === 'link') link(place, action);
  else if (action.kind === 'touch') {
    const empty = written(fresh(action.path, 'file'), Buffer.alloc(0), 0);
    set(action.path, before(action.path) ?? empty, action.attributes);
  } else if (action.kind === 'attributes') {
    const path = through(place, action.path, action.follow);
    set(path, before(path), action.attributes);
  } else if (action.kind === 'remove') {
    for (const path of known.keys()) if (path.startsWith(`${action.path}/`)) known.delete(path);
    set(action.path, null);
  } else if (action.kind === 'rename') {
    set(action.to, before(action.from));
    set(action.from, null);
  } else if (action.kind === 'copy') set(action.path, before(action.from), action.attributes);
}

function pathAnswer(known: Known, seen: Known, query: PathQuery, answer: PathAnswer): PathAnswer {
  const found = lookUp(known, query.path);
  if (found === undefined) return answer;
  if (found === null) return { kind: 'path', exists: false, path: query.path };
  if (query.follow && found.type === 'link') {
    const target = resolve(dirname(query.path), found.target ?? '');
    const state = lookUp(known, target) ?? seen.get(target);
    return state ? shown(query, state) : answer.exists ? answer : { ...answer, exists: false };
  }
  const { uid, gid, owner, group, mode } = found;
  const same = answer.exists && answer.type === found.type && found.content === undefined;
  return same ? { ...answer, uid, gid, owner, group, mode } : shown(query, found);
}

/** The state of a path; null where it, or a directory above it, would be gone; undefined when nothing is foreseen. */
function lookUp(known: Known, path: string): PathState | null | undefined {
  if (known.has(path)) return known.get(path);
  for (let up = dirname(path); up !== '/' && up !== '.'; up = dirname(up))
    if (known.get(up) === null) return null;
  return undefined;
}

function shown(query: PathQuery, state: PathState): PathAnswer {
  const { content, ...rest } = state;
  const hash = query.checksum && content && createHash(query.checksum).update(content).digest('hex');
  return {
    ...rest,
    kind: 'path',
    exists: true,
    path: query.path,
    ...(state.type === 'link' && { realTarget: resolve(dirname(query.path), state.target ?? '') }),
    ...(query.content && content && { content }),
    ...(hash && { checksum: hash }),
    readable: true,
  };
}

/** Foresees nothing yet. */
export function createForesight(): Foresight {
  const known: Known = new Map();
  const seen: Known = new Map();
  const place = placeOf(known, seen);
  return {
    expect: (actions) => {
      for (const action of actions) perform(place, seen, action);
    },
    see: (query, answer) => {
      if (query.kind !== 'path' || answer.kind !== 'path') return answer;
      if (answer.exists && !(query.follow && seen.has(query.path))) seen.set(query.path, answer);
      return known.size === 0 ? answer : pathAnswer(known, seen, query, answer);
    },
    forget: (actions) => {
      for (const action of actions) if ('path' in action) known.delete(action.path);
    },
  };
}
