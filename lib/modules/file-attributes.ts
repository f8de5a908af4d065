import type { Action, Attributes } from '../node/actions/action.js';
import type { PathAnswer, PathState } from '../node/queries/query.js';
import type { Json, JsonObject } from '../values/json.js';
import type { ArgSpec } from './args.js';
import { type ModeBase, symbolicMode } from './symbolic-mode.js';

/** Arguments that every module which makes files has. */
export const fileArgs = {
  mode: {
    type: 'raw',
    doc: "Permissions: octal (quoted, '0644') or symbolic (u=rwX,g=rX,o=); copy and template also take preserve.",
  },
  owner: { type: 'str', doc: 'Name or id of the user that should own it.' },
  group: { type: 'str', doc: 'Name or id of the group that should own it.' },
  attributes: {
    type: 'str',
    aliases: ['attr'],
    doc: 'chattr flags, for example +i; with = or no operator the flags are set exactly.',
  },
  seuser: { type: 'str', doc: 'SELinux user; without effect where the node has no SELinux.' },
  serole: { type: 'str', doc: 'SELinux role; without effect where the node has no SELinux.' },
  setype: { type: 'str', doc: 'SELinux type; without effect where the node has no SELinux.' },
  selevel: { type: 'str', doc: 'SELinux level; without effect where the node has no SELinux.' },
  unsafe_writes: {
    type: 'bool',
    default: false,
    env: 'ANSIBLE_UNSAFE_WRITES',
    doc: 'Write into the existing file where it cannot be replaced (bind mounts).',
  },
} as const satisfies ArgSpec;

/** The values of those arguments that say how a path should be. */
export type FileWishes = {
  readonly mode?: Json;
  readonly owner?: string;
  readonly group?: string;
  readonly attributes?: string;
};

/** What is to be set on a path, and what a diff shows of it. `changed` is false when all is as wished. */
export type AttributeChange = {
  readonly changed: boolean;
  readonly attributes: Attributes;
  readonly before: JsonObject;
  readonly after: JsonObject;
};

/** A wish that cannot be met, such as a mode that cannot be read. */
export class WishError extends Error {}

/** Four octal digits, as results and diffs show a mode. */
export function modeText(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}

/** The mode that is wished, in permission bits; a WishError when it cannot be read. */
export function wishedMode(mode: Json | undefined, base: ModeBase): number | undefined {
  if (mode === undefined || mode === null) return undefined;
  if (typeof mode === 'number') return mode & 0o7777;
  const text = String(mode).trim();
  if (/^(0o)?[0-7]+$/.test(text)) return Number.parseInt(text.replace('0o', ''), 8) & 0o7777;
  const found = typeof mode === 'string' ? symbolicMode(text, base) : undefined;
  if (found === undefined)
    throw new WishError(`mode must be in octal or symbolic form: bad symbolic permission for mode: ${text}`);
  return found;
}

/** What a new file or directory has before anything is set: the usual umask is counted on for symbolic modes. */
export const NEW_FILE: ModeBase = { mode: 0o644, directory: false };
/** As NEW_FILE, for directories. */
export const NEW_DIRECTORY: ModeBase = { mode: 0o755, directory: true };

/** Everything wished, for a path that does not exist yet. */
export function newAttributes(wishes: FileWishes, base: ModeBase): Attributes {
  const { owner, group, attributes } = wishes;
  // A new file has no flags to lose, but may have one of its file system, which `=` would take away.
  const flags = attributes?.replace(/^=?(?=[^-+=])/, '+').replace(/^=$/, '') || undefined;
  return { owner, group, mode: wishedMode(wishes.mode, base), attributes: flags };
}

/** What chattr is told: without an operator the flags are meant exactly, but for `e`, which is the file system's. */
function exactFlags(wished: string, current: string): string {
  if (/^[-+]/.test(wished)) return wished;
  const flags = wished.replace(/^=/, '');
  return `=${flags}${current.includes('e') && !flags.includes('e') ? 'e' : ''}`;
}

function flagsDiffer(wished: string, current: string): boolean {
  const operator = /^[-+=]/.test(wished) ? wished[0] : '=';
  const flags = [...wished.replace(/^[-+=]/, '')];
  const now = new Set(current.replaceAll('-', ''));
  if (operator === '+') return flags.some((f) => !now.has(f));
  if (operator === '-') return flags.some((f) => now.has(f));
  // `e` (extents) belongs to the file system and cannot be set.
  now.delete('e');
  return flags.some((f) => f !== 'e' && !now.has(f)) || [...now].some((f) => !flags.includes(f));
}

/** Compares an existing path with the wishes. A link's own mode cannot be set and is left out. */
export function attributeChange(wishes: FileWishes, state: PathState): AttributeChange {
  const before: JsonObject = {};
  const after: JsonObject = {};
  const set: { -readonly [K in keyof Attributes]: Attributes[K] } = {};
  const note = (name: 'owner' | 'group', wished: string | undefined, id: number, current: string) => {
    if (wished === undefined || wished === current || wished === String(id)) return;
    set[name] = wished;
    const byId = /^\d+$/.test(wished);
    before[name] = byId ? id : current || id;
    after[name] = byId ? Number(wished) : wished;
  };
  note('owner', wishes.owner, state.uid, state.owner);
  note('group', wishes.group, state.gid, state.group);
  const mode = wishedMode(wishes.mode, { mode: state.mode, directory: state.type === 'directory' });
  if (mode !== undefined && mode !== state.mode && state.type !== 'link') {
    set.mode = mode;
    before.mode = modeText(state.mode);
    after.mode = modeText(mode);
  }
  // A change of owner drops set-id bits, so the mode is set along with it.
  else if (mode !== undefined && (set.owner ?? set.group) !== undefined && state.type !== 'link')
    set.mode = mode;
  if (wishes.attributes !== undefined && flagsDiffer(wishes.attributes, state.attributes ?? '')) {
    set.attributes = exactFlags(wishes.attributes, state.attributes ?? '');
    before.attributes = state.attributes ?? '';
    after.attributes = wishes.attributes;
  }
  return { changed: Object.keys(set).length > 0, attributes: set, before, after };
}

/** The action that sets what differs on a path itself. */
export function setAttributes(path: string, change: AttributeChange, follow = false): Action[] {
  return change.changed ? [{ kind: 'attributes', path, follow, attributes: change.attributes }] : [];
}

/** Ansible's word for what a path is. */
export function stateOf(answer: PathAnswer): 'absent' | 'link' | 'directory' | 'hard' | 'file' {
  if (!answer.exists) return 'absent';
  if (answer.type === 'link' || answer.type === 'directory') return answer.type;
  return answer.nlink > 1 ? 'hard' : 'file';
}

/** The fields about a path that Ansible adds to every result that names one. */
export function pathFields(answer: PathAnswer | undefined): JsonObject {
  if (!answer?.exists) return {};
  return {
    uid: answer.uid,
    gid: answer.gid,
    owner: answer.owner || String(answer.uid),
    group: answer.group || String(answer.gid),
    mode: modeText(answer.mode),
    state: stateOf(answer),
    size: answer.size,
  };
}
