import type { Action } from '../../node/actions/action.js';
import type { JsonObject } from '../../values/json.js';
import { NEW_DIRECTORY, newAttributes, stateOf } from '../file-attributes.js';
import { bare, makeFolders, missingFolders } from '../folders.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { type Case, subject } from './seen.js';
import { settle } from './settle.js';

/** state=file: the file must be there; only its attributes and times are managed. */
export function planFile(c: Case): Plan {
  const { path, answer } = subject(c);
  const found = stateOf(answer);
  if (answer.exists && (found === 'file' || found === 'hard'))
    return settle(c, { path, actions: [] }, answer, 'file is as wished');
  if (found === 'absent' && mayComeLater(c.info))
    return change('an earlier task may make the file', [], { result: { path, state: found } });
  return failed(`file (${path}) is ${found}, cannot continue`, { path, state: found });
}

/** state=directory: made with all missing folders above it, which get the same attributes. */
export function planDirectory(c: Case): Plan {
  const { path, answer } = subject(c);
  const found = stateOf(answer);
  if (answer.exists && found === 'directory')
    return settle(c, { path, actions: [] }, answer, 'directory is as wished');
  if (found !== 'absent') return failed(`${path} already exists as a ${found}`, { path });
  const attributes = newAttributes(c.args, NEW_DIRECTORY);
  const { parent, ancestors } = c.seen;
  const missing = parent.exists ? [bare(path)] : missingFolders(path, ancestors ?? []);
  const actions = makeFolders(missing, attributes);
  const states = { before: { state: 'absent' }, after: { state: 'directory' } };
  return settle(c, { path, actions, ...states }, undefined, '');
}

/** state=touch: made when absent; its times are set to now unless told otherwise. */
export function planTouch(c: Case): Plan {
  const { path, answer } = subject(c);
  const result: JsonObject = { dest: c.args.path };
  if (answer.exists)
    return settle(c, { path, actions: [], result }, answer, 'times and attributes are as wished');
  const attributes = newAttributes(c.args, { mode: 0o644, directory: false });
  const { mtime, atime } = c.seen;
  const make: Action = { kind: 'touch', path, mtime, atime, attributes };
  return change('file is absent', [make], {
    result,
    diff: [{ before: { path, state: 'absent' }, after: { path, state: 'touch' } }],
  });
}

function sameState(path: string): JsonObject {
  const same = { path, state: 'absent' };
  return { before: same, after: same };
}

/** state=absent: a directory goes with everything below it. */
export function planAbsent({ args, seen, info }: Case): Plan {
  const { path } = args;
  const found = stateOf(seen.self);
  if (found === 'absent') return ok('path is absent', { path, state: 'absent', diff: sameState(path) });
  const before: JsonObject = { path, state: found };
  if (found === 'directory' && info.diff && seen.below) {
    const below = seen.below.entries.slice(1);
    before.path_content = {
      directories: below.filter((e) => e.type === 'directory').map((e) => e.path),
      files: below.filter((e) => e.type !== 'directory').map((e) => e.path),
    };
  }
  return change(`path is a ${found}`, [{ kind: 'remove', path, recurse: found === 'directory' }], {
    result: { path, state: 'absent' },
    diff: [{ before, after: { path, state: 'absent' } }],
  });
}
