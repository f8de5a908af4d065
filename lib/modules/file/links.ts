import { dirname, isAbsolute, join } from 'node:path/posix';
import type { Action } from '../../node/actions/action.js';
import type { JsonObject } from '../../values/json.js';
import { attributeChange, setAttributes, stateOf } from '../file-attributes.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { type Case, sameInode } from './seen.js';
import { settle } from './settle.js';

/** Where a symbolic link's target is looked for: relative ones from the link's own folder. */
export function targetPath(path: string, src: string): string {
  return isAbsolute(src) ? src : join(dirname(path), src);
}

function refuseLink({ args, seen }: Case, src: string | undefined): string | undefined {
  const { path, force } = args;
  const found = stateOf(seen.self);
  if (!force && src !== undefined && seen.src && !seen.src.exists)
    return `src file does not exist, use "force=yes" if you really want to create the link: ${targetPath(path, src)}`;
  if (found !== 'link' && found !== 'absent' && !force)
    return `refusing to convert from ${found} to symlink for ${path}`;
  if (found === 'directory' && (seen.below?.entries.length ?? 0) > 1)
    return `the directory ${path} is not empty, refusing to convert it`;
  if (found !== 'link' && src === undefined) return 'src is required for creating new symlinks';
  return undefined;
}

/** state=link: a symbolic link; the attributes are those of its target (with follow) or of the link. */
export function planLink(c: Case): Plan {
  const { args, seen } = c;
  const { path, follow } = args;
  const was = seen.self.exists && seen.self.type === 'link' ? seen.self : undefined;
  const src = args.src ?? (follow ? was?.target : undefined);
  const problem = refuseLink(c, args.src);
  if (problem) return failed(problem, { path, src: args.src });
  const found = stateOf(seen.self);
  const same = was !== undefined && (src === undefined || was.target === src);
  const result: JsonObject = { dest: path, src };
  const before: JsonObject = { path, ...(found === 'link' ? {} : { state: found }) };
  const after: JsonObject = { path, ...(found === 'link' ? {} : { state: 'link' }) };
  if (was && !same) Object.assign(before, { src: was.target }) && Object.assign(after, { src });
  const actions: Action[] = same ? [] : replaceBy(c, src!, false);
  return finish(c, { before, after, result, actions, src });
}

function replaceBy({ args, seen }: Case, target: string, hard: boolean): Action[] {
  const { path, owner, group, follow } = args;
  const clear: Action[] =
    stateOf(seen.self) === 'directory' ? [{ kind: 'remove', path, recurse: false }] : [];
  const attributes = hard || follow ? undefined : { owner, group };
  return [...clear, { kind: 'link', path, target, hard, attributes }];
}

type Made = {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly result: JsonObject;
  readonly actions: readonly Action[];
  readonly src: string | undefined;
};

function finish({ args, seen }: Case, made: Made): Plan {
  const { path, follow } = args;
  const target = args.src === undefined ? seen.target : (seen.src ?? seen.target);
  const own = seen.self.exists && !follow ? attributeChange(args, seen.self) : undefined;
  const others = follow && target.exists ? attributeChange(args, target) : undefined;
  const set = others
    ? setAttributes(targetPath(path, made.src ?? ''), others)
    : made.actions.length === 0 && own
      ? setAttributes(path, own)
      : [];
  const actions = [...made.actions, ...set];
  if (actions.length === 0) return ok('link leads there', made.result);
  const shown = others ?? own;
  return change('link differs', actions, {
    result: made.result,
    diff: [{ before: { ...made.before, ...shown?.before }, after: { ...made.after, ...shown?.after } }],
  });
}

function refuseHard({ args, seen }: Case): string | undefined {
  const { force } = args;
  const found = stateOf(seen.self);
  if (found !== 'hard' && args.src === undefined) return 'src is required for creating new hardlinks';
  if (args.src !== undefined && !seen.src?.exists) return 'src does not exist';
  if (found === 'directory') return 'Cannot link: a directory exists at destination';
  if (force || found === 'absent' || found === 'link') return undefined;
  return found === 'hard'
    ? 'Cannot link, different hard link exists at destination'
    : `Cannot link, ${found} exists at destination`;
}

/** state=hard: another name of the same inode. */
export function planHard(c: Case): Plan {
  const { args, seen } = c;
  const { path, src } = args;
  const found = stateOf(seen.self);
  const result: JsonObject = { dest: path, src };
  const same = seen.self.exists && found === 'hard' && (!seen.src?.exists || sameInode(seen.self, seen.src));
  if (same && seen.self.exists)
    return settle(c, { path, actions: [], result }, seen.self, 'hard link is there');
  const problem = refuseHard(c);
  if (problem) return failed(problem, { dest: path, src });
  const states = found === 'hard' ? {} : { before: { state: found }, after: { state: 'hard' } };
  const target = seen.src?.exists ? seen.src : undefined;
  return settle(c, { path, actions: replaceBy(c, src!, true), result, ...states }, target, '');
}
