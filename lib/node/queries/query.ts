/**
 * What a module wants to know about a node, as data. `queries/` turns many of them into one script and parses the
 * answers. A query's JSON text is its identity in the cache.
 */
export type Query =
  | PathQuery
  | TreeQuery
  | PackageQuery
  | UnitQuery
  | PasswdQuery
  | GroupQuery
  | GetentQuery
  | ReadQuery
  | FactsQuery;

/** A file, directory or link. `follow` looks through a link; `content` wants its bytes (up to `limit`, default 1 MiB). */
export type PathQuery = {
  readonly kind: 'path';
  readonly path: string;
  readonly follow: boolean;
  readonly content: boolean;
  readonly limit?: number;
  /** Hash wanted for a regular file; with `content` the bytes are hashed here and nothing runs on the node. */
  readonly checksum?: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  /** `lsattr` flags and `file` MIME type, asked for only by stat. */
  readonly attributes?: boolean;
  readonly mime?: boolean;
};

/** Everything below a directory (itself first), depth first; `checksum` hashes regular files with sha1. */
export type TreeQuery = {
  readonly kind: 'tree';
  readonly path: string;
  readonly checksum: boolean;
  readonly follow: boolean;
  /** How many levels below the path; all when absent. */
  readonly depth?: number;
  /** A path that is itself a link to a directory is entered; its entries keep the link's path. */
  readonly inside?: boolean;
};

/** An installed or available package by dpkg/apt. `candidate` also asks apt for the version it would install. */
export type PackageQuery = { readonly kind: 'package'; readonly name: string; readonly candidate: boolean };

/** A systemd unit, by `systemctl show`; `scope` is system or a user's manager. */
export type UnitQuery = {
  readonly kind: 'unit';
  readonly name: string;
  readonly scope: 'system' | 'user' | 'global';
};

/** A user by name or id, from passwd (shadow too where readable), with its groups. */
export type PasswdQuery = { readonly kind: 'passwd'; readonly user: string };

/** A group by name or id. */
export type GroupQuery = { readonly kind: 'group'; readonly group: string };

/** `getent DATABASE [KEY]`. */
export type GetentQuery = {
  readonly kind: 'getent';
  readonly database: string;
  readonly key?: string;
  readonly service?: string;
};

/** Any other reading command, which must change nothing: argv, or sh source. Its answer is rc and output. */
export type ReadQuery = {
  readonly kind: 'read';
  readonly argv?: readonly string[];
  readonly script?: string;
  readonly stdin?: string;
};

/** Facts by Ansible's names (without `ansible_`), by subset: `all`, `min`, `network`, `!hardware` ... */
export type FactsQuery = {
  readonly kind: 'facts';
  readonly subset: readonly string[];
  readonly factPath: string;
  readonly timeout: number;
};

/** The kind of a file, in one word. */
export type FileType = 'file' | 'directory' | 'link' | 'fifo' | 'socket' | 'block' | 'char';

/** A path's state. Times are seconds since the epoch with fraction; `mode` holds the 12 permission bits. */
export type PathAnswer =
  | { readonly kind: 'path'; readonly exists: false; readonly path: string; readonly error?: string }
  | ({ readonly kind: 'path'; readonly exists: true; readonly error?: string } & PathState);

/** What stat says of an existing path. `content` is absent above the limit, for non-files, and when not asked for. */
export type PathState = {
  readonly path: string;
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names, or '' where the id has none. */
  readonly owner: string;
  readonly group: string;
  readonly size: number;
  readonly ino: number;
  readonly dev: number;
  readonly nlink: number;
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly birth?: number;
  readonly blocks?: number;
  readonly blockSize?: number;
  readonly deviceType?: number;
  /** Where a link points: as written, and resolved. */
  readonly target?: string;
  readonly realTarget?: string;
  readonly content?: Uint8Array;
  readonly checksum?: string;
  readonly readable?: boolean;
  readonly writeable?: boolean;
  readonly executable?: boolean;
  readonly attributes?: string;
  readonly version?: string;
  readonly mimeType?: string;
  readonly charset?: string;
};

export type TreeAnswer = {
  readonly kind: 'tree';
  readonly exists: boolean;
  readonly entries: readonly PathState[];
  readonly error?: string;
};
/** `status` is dpkg's (`install ok installed`); '' when dpkg has never heard of it. `provides`: a virtual package's providers that are installed. */
export type PackageAnswer = {
  readonly kind: 'package';
  readonly installed: boolean;
  readonly status: string;
  readonly version: string;
  readonly arch: string;
  readonly held: boolean;
  readonly candidate?: string;
  readonly providers?: readonly string[];
};
/** Every property that `systemctl show` prints. `found` is false for LoadState=not-found. */
export type UnitAnswer = {
  readonly kind: 'unit';
  readonly found: boolean;
  readonly properties: Readonly<Record<string, string>>;
  readonly error?: string;
};
export type PasswdAnswer =
  | { readonly kind: 'passwd'; readonly found: false }
  | {
      readonly kind: 'passwd';
      readonly found: true;
      readonly name: string;
      readonly uid: number;
      readonly gid: number;
      readonly gecos: string;
      readonly home: string;
      readonly shell: string;
      /** In /etc/passwd itself (and not only in a directory service). */
      readonly local: boolean;
      readonly primaryGroup: string;
      /** Supplementary groups, without the primary one. */
      readonly groups: readonly string[];
      /** Shadow's fields, '' where it cannot be read. Secret. */
      readonly password: string;
      readonly expires: string;
      readonly minDays: string;
      readonly maxDays: string;
      readonly warnDays: string;
    };
export type GroupAnswer =
  | { readonly kind: 'group'; readonly found: false }
  | {
      readonly kind: 'group';
      readonly found: true;
      readonly name: string;
      readonly gid: number;
      readonly members: readonly string[];
      readonly local: boolean;
    };
export type GetentAnswer = {
  readonly kind: 'getent';
  readonly rc: number;
  readonly lines: readonly string[];
};
export type ReadAnswer = {
  readonly kind: 'read';
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
};
export type FactsAnswer = {
  readonly kind: 'facts';
  readonly facts: import('../../values/json.js').JsonObject;
};

/** An answer, told apart by `kind`. */
export type Answer =
  | PathAnswer
  | TreeAnswer
  | PackageAnswer
  | UnitAnswer
  | PasswdAnswer
  | GroupAnswer
  | GetentAnswer
  | ReadAnswer
  | FactsAnswer;

/** The answer that belongs to a query. */
export type AnswerTo<Q extends Query> = Extract<Answer, { kind: Q['kind'] }>;

/** A path: by default itself (no following), without its content. */
export function path(p: string, options: Partial<Omit<PathQuery, 'kind' | 'path'>> = {}): PathQuery {
  return { kind: 'path', path: p, follow: false, content: false, ...options };
}

/** A directory tree. */
export function tree(p: string, options: Partial<Omit<TreeQuery, 'kind' | 'path'>> = {}): TreeQuery {
  return { kind: 'tree', path: p, checksum: false, follow: false, ...options };
}

/** A package by name. */
export function pkg(name: string, options: { candidate?: boolean } = {}): PackageQuery {
  return { kind: 'package', name, candidate: options.candidate ?? false };
}

/** A systemd unit by name (a name without suffix means .service). */
export function unit(name: string, scope: UnitQuery['scope'] = 'system'): UnitQuery {
  return { kind: 'unit', name, scope };
}

/** A user by name or id. */
export function passwd(user: string): PasswdQuery {
  return { kind: 'passwd', user };
}

/** A group by name or id. */
export function group(name: string): GroupQuery {
  return { kind: 'group', group: name };
}

/** A name service database, or one key of it. */
export function getent(database: string, key?: string, service?: string): GetentQuery {
  return { kind: 'getent', database, key, service };
}

/** A reading command by argv; it must change nothing. */
export function read(argv: readonly string[], stdin?: string): ReadQuery {
  return { kind: 'read', argv, stdin };
}

/** A reading piece of sh; it must change nothing. */
export function readScript(script: string): ReadQuery {
  return { kind: 'read', script };
}
