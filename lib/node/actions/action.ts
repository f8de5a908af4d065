import type { Content, Made } from '../content.js';

/** What a module wants done on a node, as data; done in order, the first failure stops the rest. */
export type Action =
  | WriteAction
  | MkdirAction
  | AttributesAction
  | LinkAction
  | RemoveAction
  | RenameAction
  | TouchAction
  | CopyAction
  | RunAction;

/** Owner and group by name or id, permission bits; what is undefined stays (or, for a new file, is root's and the umask's). */
export type Attributes = {
  readonly owner?: string;
  readonly group?: string;
  readonly mode?: number;
  /** chattr flags such as `+i`. */
  readonly attributes?: string;
};

/** What must still be true of the path when the file is swapped in; else the action fails with `changed: true` and the task is planned anew. */
export type Expect =
  | { readonly state: 'absent' }
  | { readonly state: 'file'; readonly ino: number; readonly size: number; readonly mtime: number }
  | { readonly state: 'any' };

/**
 * Writes a temporary file beside `path`, sets attributes, runs `validate` (`%s` is the temporary file), compares, keeps a
 * backup when asked, fsyncs and renames. An existing file's owner, mode, ACL and xattrs stay unless given.
 */
export type WriteAction = {
  readonly kind: 'write';
  readonly path: string;
  readonly content: Content | Made;
  readonly expect: Expect;
  readonly attributes?: Attributes;
  readonly validate?: string;
  readonly backup?: boolean;
  /** Write into the existing inode instead of renaming (bind mounts). */
  readonly unsafe?: boolean;
  /** Default true: a link is looked through and its target written; false: a link is replaced by the file. */
  readonly follow?: boolean;
};

/** Makes a directory, with missing parents only when `parents`. */
export type MkdirAction = {
  readonly kind: 'mkdir';
  readonly path: string;
  readonly parents: boolean;
  readonly attributes?: Attributes;
};
/** `recurse` applies to everything below; a symbolic `modeText` (`u=rwX,g=rX`) is used there instead of `mode`. */
export type AttributesAction = {
  readonly kind: 'attributes';
  readonly path: string;
  readonly follow: boolean;
  readonly recurse?: boolean;
  readonly attributes: Attributes;
  readonly modeText?: string;
};
/** Makes a link under a temporary name and renames it over `path`. */
export type LinkAction = {
  readonly kind: 'link';
  readonly path: string;
  readonly target: string;
  readonly hard: boolean;
  readonly attributes?: Attributes;
};
export type RemoveAction = { readonly kind: 'remove'; readonly path: string; readonly recurse: boolean };
export type RenameAction = { readonly kind: 'rename'; readonly from: string; readonly to: string };
/** Makes the file when absent; times are seconds since the epoch, `now`, or undefined to leave them. */
export type TouchAction = {
  readonly kind: 'touch';
  readonly path: string;
  readonly atime?: number | 'now';
  readonly mtime?: number | 'now';
  readonly attributes?: Attributes;
};
/** Copies a file on the node itself (remote_src), with the same promises as a write. */
export type CopyAction = {
  readonly kind: 'copy';
  readonly from: string;
  readonly path: string;
  readonly expect: Expect;
  readonly attributes?: Attributes;
  /** The new file gets the mode of `from`. */
  readonly preserve?: boolean;
  readonly validate?: string;
  readonly backup?: boolean;
  /** Write into the existing inode instead of renaming. */
  readonly unsafe?: boolean;
  /** Default true: a link at `path` is looked through; false: it is replaced by the file. */
  readonly follow?: boolean;
};
/** Runs argv or sh source. `ok` are the exit codes that count as success (default 0). Secrets go into `stdin`, never into argv. */
export type RunAction = {
  readonly kind: 'run';
  readonly argv?: readonly string[];
  readonly script?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly ok?: readonly number[];
  /** Paths whose cached answers this makes stale; undefined: all answers of the node. */
  readonly touches?: readonly string[];
};

/**
 * What an action left. `changed`: a compare-and-swap found another file than was probed. `backup`: path of the copy
 * that was kept. `invalid`: it was `validate` that failed, and rc and output are its own. `touched`: how many paths a
 * recursive `attributes` really changed.
 */
export type Outcome = {
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly backup?: string;
  readonly changed?: boolean;
  readonly invalid?: boolean;
  readonly touched?: number;
};
