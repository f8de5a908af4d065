import type { PathAnswer, PathState, TreeAnswer } from '../../node/queries/query.js';
import type { ArgsOf } from '../args.js';
import type { PlanInfo } from '../module.js';
import type { fileModuleArgs } from './arguments.js';

/** The file module's arguments. */
export type FileModuleArgs = ArgsOf<typeof fileModuleArgs>;

/** What is known of the node: the path itself, what it leads to, its folder, and more where the state needs it. */
export type Seen = {
  readonly self: PathAnswer;
  readonly target: PathAnswer;
  readonly parent: PathAnswer;
  readonly src?: PathAnswer;
  readonly ancestors?: readonly PathAnswer[];
  readonly below?: TreeAnswer;
  /** Times as the node's clock and zone read them, in seconds since the epoch; undefined to leave them. */
  readonly mtime?: number | 'now';
  readonly atime?: number | 'now';
};

/** All that a state's plan works with. */
export type Case = { readonly args: FileModuleArgs; readonly seen: Seen; readonly info: PlanInfo };

/** The path that is meant: with `follow` a link's target, and what is there. */
export function subject({ args, seen }: Case): { path: string; answer: PathAnswer } {
  const { self, target } = seen;
  if (!args.follow || !self.exists || self.type !== 'link') return { path: args.path, answer: self };
  return { path: self.realTarget ?? args.path, answer: target };
}

/** True when two paths are the same inode. */
export function sameInode(a: PathState, b: PathState): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}
