import { dirname } from 'node:path/posix';
import type { Action, Attributes, Expect, Outcome } from '../../node/actions/action.js';
import { type PathAnswer, type PathState, path, type Query } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import {
  type AttributeChange,
  attributeChange,
  type FileWishes,
  NEW_FILE,
  newAttributes,
  WishError,
} from '../file-attributes.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, type Diff, failed, ok, type Plan } from '../plan.js';
import { bytesOfText, byteText, shown } from './bytes.js';

/** Files above this many bytes are not edited. */
const LIMIT = 64 << 20;

/** Arguments that every edit looks at. */
export type EditArgs = FileWishes & {
  readonly path: string;
  readonly backup: boolean;
  readonly validate?: string;
  readonly create?: boolean;
  readonly unsafe_writes: boolean;
};

/** What is on the node: the path itself, what it leads to (with its content), and its folder. */
export type EditAnswers = {
  readonly link: PathAnswer;
  readonly file: PathAnswer;
  readonly parent: PathAnswer;
};

/** The queries of an edit. */
export function editQueries(args: EditArgs): { [K in keyof EditAnswers]: Extract<Query, { kind: 'path' }> } {
  return {
    link: path(args.path),
    file: path(args.path, {
      follow: true,
      content: true,
      limit: LIMIT,
      attributes: args.attributes !== undefined,
    }),
    parent: path(dirname(args.path), { follow: true }),
  };
}

/** What an edit makes of a text (undefined when there is no file): the new text and the words for it, or a failure. */
export type Edit = (
  text: string | undefined,
) =>
  | { readonly text: string; readonly msg: string; readonly result?: JsonObject }
  | { readonly ok: JsonObject };

/** How the module words its results. `absentMsg` is for a file that is not there and may not be made. */
export type EditStyle = {
  readonly absentMsg: string;
  readonly backupField: 'backup' | 'backup_file' | 'backupdest';
  readonly contentHeader: (path: string) => string;
};

function refuse(args: EditArgs, { file }: EditAnswers, style: EditStyle): Plan | undefined {
  const { path: p } = args;
  if (args.validate !== undefined && !args.validate.includes('%s'))
    return failed(`validate must contain %s: ${args.validate}`);
  if (file.exists && file.type === 'directory') return failed(`Path ${p} is a directory !`, { rc: 256 });
  if (!file.exists && !args.create) return failed(style.absentMsg, { rc: 257 });
  if (file.exists && file.content === undefined)
    return failed(file.error ?? `${p} cannot be read as a file of at most ${LIMIT} bytes`);
  return undefined;
}

/** Plans an edit: the new content and whatever else differs, as one change. */
export function planEdit(
  args: EditArgs,
  answers: EditAnswers,
  info: PlanInfo,
  style: EditStyle,
  edit: Edit,
): Plan {
  const refused = refuse(args, answers, style);
  const gone = !answers.file.exists && !args.create;
  if (refused && gone && mayComeLater(info))
    return change('an earlier task may make the file', [], { result: { msg: 'file would be edited' } });
  if (refused) return refused;
  try {
    return planned(args, answers, style, edit);
  } catch (error) {
    if (!(error instanceof WishError)) throw error;
    return failed(error.message);
  }
}

/** What a write must still find; a link's target is what is replaced. */
function expectation(file: PathAnswer, link: PathAnswer): Expect {
  const found = file.exists ? file : link;
  if (!found.exists) return { state: 'absent' };
  return { state: 'file', ino: found.ino, size: found.size, mtime: found.mtime };
}

function writeActions(args: EditArgs, answers: EditAnswers, text: string, attributes: Attributes): Action[] {
  const { link, file, parent } = answers;
  const folder = dirname(args.path);
  const make: Action[] = parent.exists ? [] : [{ kind: 'mkdir', path: folder, parents: true }];
  const write: Action = {
    kind: 'write',
    path: realPath(args, link),
    content: { kind: 'bytes', data: bytesOfText(text) },
    expect: expectation(file, link),
    attributes,
    validate: args.validate,
    backup: args.backup && file.exists,
    unsafe: args.unsafe_writes || undefined,
  };
  return [...make, write];
}

function realPath(args: EditArgs, link: PathAnswer): string {
  return link.exists && link.type === 'link' ? (link.realTarget ?? args.path) : args.path;
}

function diffOf(
  path: string,
  style: EditStyle,
  texts: readonly [string, string],
  own?: AttributeChange,
): Diff[] {
  const [before, after] = texts;
  const header = style.contentHeader(path);
  const content = { before: shown(before), after: shown(after), beforeHeader: header, afterHeader: header };
  const words = `${path} (file attributes)`;
  const attributes = { before: own?.before, after: own?.after, beforeHeader: words, afterHeader: words };
  return [...(before === after ? [] : [content]), ...(own?.changed ? [attributes] : [])];
}

/** A new file before anything is set on it. */
const USUAL = {
  owner: 'root',
  group: 'root',
  uid: 0,
  gid: 0,
  mode: NEW_FILE.mode,
  type: 'file',
} as PathState;

function planned(args: EditArgs, answers: EditAnswers, style: EditStyle, edit: Edit): Plan {
  const { link, file } = answers;
  const before = file.exists ? byteText(file.content!) : undefined;
  const edited = edit(before);
  if ('ok' in edited) return ok(String(edited.ok.msg), edited.ok);
  const own = file.exists ? attributeChange(args, file) : undefined;
  const differs = edited.text !== before;
  // As with an existing file, what a new one is given beyond the usual is told.
  const words = (own ?? attributeChange(args, USUAL)).changed
    ? 'ownership, perms or SE linux context changed'
    : '';
  const msg = [differs ? edited.msg : '', words].filter(Boolean).join(' and ');
  const result: JsonObject = { msg, ...edited.result };
  if (style.backupField === 'backup') result.backup = '';
  if (!differs && !own?.changed) return ok('content is as wished', result);
  const attributes = own ? own.attributes : newAttributes(args, NEW_FILE);
  const actions: Action[] = differs
    ? writeActions(args, answers, edited.text, attributes)
    : [{ kind: 'attributes', path: realPath(args, link), follow: false, attributes }];
  return change(msg, actions, {
    result,
    diff: diffOf(args.path, style, [before ?? '', edited.text], own),
    after: (outcomes) => backupResult(style.backupField, outcomes),
    explain: (_, outcome) => explainWrite(outcome),
  });
}

/** The name of the copy that was kept, under the module's own field. */
function backupResult(field: string, outcomes: readonly Outcome[]): JsonObject {
  const backup = outcomes.find((o) => o.backup !== undefined)?.backup;
  return backup === undefined ? {} : { [field]: backup };
}

/** Words for a write that failed, where its validation may be the reason. */
export function explainWrite(outcome: Outcome): string {
  const words = outcome.stderr.toString('utf8').trim();
  return outcome.invalid ? `failed to validate: rc:${outcome.rc} error:${words}` : words;
}
