import type { Content } from '../node/content.js';
import type { Raw } from '../values/value.js';

/** Things on the controller that a module's plan needs; the engine answers them (search paths, vault, templating). */
export type Source =
  /** A file, looked for in the role's and playbook's files/; vault-encrypted ones are opened unless `decrypt` is false. */
  | { readonly kind: 'file-source'; readonly src: string; readonly decrypt: boolean }
  /**
   * A file or directory with everything below it. `follow`: links are given as what they lead to; one that leads
   * nowhere or back up stays a link.
   */
  | {
      readonly kind: 'tree-source';
      readonly src: string;
      readonly decrypt: boolean;
      readonly follow?: boolean;
    }
  /** Where a relative path leads that is looked for as files are; the last place when nothing is there. */
  | { readonly kind: 'path-source'; readonly src: string }
  /** A template, looked for in templates/ and rendered in the task's scope. `options` are the template module's own. */
  | {
      readonly kind: 'template-source';
      readonly src: string;
      /** Where it goes, as the task says it: the template's `template_destpath`. */
      readonly dest?: string;
      readonly options: Readonly<Record<string, string | boolean | undefined>>;
    }
  | VarsSource;

/**
 * Variables of one file (looked for in vars/) or of a folder's files, in order of their paths; later ones win. A folder is
 * taken from the role's vars/ or from beside the task's file. `wantsVarsFile` (vars-files) tells which files count.
 */
export type VarsSource = {
  readonly kind: 'vars-source';
  readonly file?: string;
  readonly dir?: string;
  /** How many levels of folders to read, 0 for all. */
  readonly depth: number;
  /** A regular expression that names must match, and such for names to leave out. */
  readonly matching?: string;
  readonly ignore: readonly string[];
  readonly extensions: readonly string[];
  /** Leave out files with other extensions instead of failing. */
  readonly ignoreUnknown: boolean;
};

/** `vars` are as written: templates, not evaluated. */
export type VarsSourceAnswer =
  | { readonly kind: 'vars-source'; readonly found: false; readonly msg: string }
  | {
      readonly kind: 'vars-source';
      readonly found: true;
      readonly files: readonly string[];
      readonly vars: ReadonlyMap<string, Raw>;
    };

/** `found: false` carries what was searched. Mode is the controller file's permission bits. */
export type FileSourceAnswer =
  | { readonly kind: 'file-source'; readonly found: false; readonly msg: string }
  | {
      readonly kind: 'file-source';
      readonly found: true;
      readonly path: string;
      readonly directory: boolean;
      readonly mode: number;
      readonly size: number;
      readonly sha1: string;
      readonly content: Content;
    };
export type TreeSourceAnswer =
  | { readonly kind: 'tree-source'; readonly found: false; readonly msg: string }
  | {
      readonly kind: 'tree-source';
      readonly found: true;
      readonly path: string;
      readonly entries: readonly TreeEntry[];
    };
/** `relative` is the path below the root, '' for the root itself. */
export type TreeEntry = {
  readonly relative: string;
  readonly type: 'file' | 'directory' | 'link';
  readonly mode: number;
  readonly size: number;
  readonly sha1: string;
  readonly target?: string;
  readonly content?: Content;
};
export type TemplateSourceAnswer =
  | { readonly kind: 'template-source'; readonly found: false; readonly msg: string }
  | {
      readonly kind: 'template-source';
      readonly found: true;
      readonly path: string;
      readonly mode: number;
      readonly text: string;
    };

export type SourceAnswer =
  | FileSourceAnswer
  | TreeSourceAnswer
  | TemplateSourceAnswer
  | VarsSourceAnswer
  | { readonly kind: 'path-source'; readonly path: string };
export type SourceAnswerTo<S extends Source> = Extract<SourceAnswer, { kind: S['kind'] }>;

/** A file of the controller. */
export function fileSource(src: string, decrypt = true): Extract<Source, { kind: 'file-source' }> {
  return { kind: 'file-source', src, decrypt };
}

/** A file or directory tree of the controller. */
export function treeSource(
  src: string,
  decrypt = true,
  follow = false,
): Extract<Source, { kind: 'tree-source' }> {
  return { kind: 'tree-source', src, decrypt, follow };
}

/** A template of the controller, rendered. */
export function templateSource(
  src: string,
  options: Readonly<Record<string, string | boolean | undefined>> = {},
  dest?: string,
): Extract<Source, { kind: 'template-source' }> {
  return { kind: 'template-source', src, options, ...(dest !== undefined && { dest }) };
}
