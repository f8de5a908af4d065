import { randomInt } from 'node:crypto';
import { dirname } from 'node:path/posix';
import type { Action, Outcome } from '../../node/actions/action.js';
import type { Content, Made } from '../../node/content.js';
import { type PathAnswer, type PathQuery, path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import {
  attributeChange,
  type FileWishes,
  NEW_FILE,
  newAttributes,
  setAttributes,
  WishError,
} from '../file-attributes.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { probed } from '../probed-file.js';
import { complaint } from '../program.js';

/** The arguments about the file itself. */
export type ObjectArgs = FileWishes & {
  readonly path: string;
  readonly state: 'absent' | 'present';
  readonly backup: boolean;
  readonly unsafe_writes?: boolean;
};

/** What is there: the file, or what a link leads to, and the folder. */
export type Seen = { readonly file: PathAnswer; readonly parent: PathAnswer };

/** The queries about the file; a certificate is small. */
export function objectQueries(args: ObjectArgs, content = true): { readonly [K in keyof Seen]: PathQuery } {
  const attributes = args.attributes !== undefined;
  return {
    file: path(args.path, { follow: true, content, attributes }),
    parent: path(dirname(args.path), { follow: true }),
  };
}

/** How the file is to become: `reason` says why it must be written, undefined that it is right as it is. */
export type Wish = {
  readonly reason: string | undefined;
  /** Absent in check mode, where nothing is made. */
  readonly content?: Content | Made;
  /** What a new file has when no mode is given. */
  readonly mode?: string;
  readonly result: JsonObject;
  /** What is done behind the file, and result fields from its outcomes. */
  readonly next?: readonly Action[];
  readonly after?: (outcomes: readonly Outcome[]) => JsonObject;
};

/** The plan that refuses a folder that is not there; undefined when it is. */
export function withoutFolder(args: ObjectArgs, { parent }: Seen, info: PlanInfo): Plan | undefined {
  if (parent.exists && parent.type === 'directory') return undefined;
  if (!parent.exists && mayComeLater(info)) return change('an earlier task may make the folder', []);
  const name = dirname(args.path);
  return failed(`The directory ${name} does not exist or the file is not a directory`, { name });
}

/** Plans that the file goes away; the copy that is kept is the file itself under another name. */
export function planGone(args: ObjectArgs, { file }: Seen, result: JsonObject): Plan {
  const fields = { ...result, filename: args.path };
  if (!file.exists) return ok('the file is absent', fields);
  if (file.type === 'directory') return failed(`${args.path} is a directory`, fields);
  if (!args.backup)
    return change('the file is there', [{ kind: 'remove', path: args.path, recurse: false }], {
      result: fields,
    });
  const now = new Date().toISOString().slice(0, 19).replace('T', '@');
  const to = `${args.path}.${randomInt(1000, 4194304)}.${now}~`;
  return change('the file is there', [{ kind: 'rename', from: args.path, to }], {
    result: fields,
    after: () => ({ backup_file: to }),
  });
}

function write(args: ObjectArgs, file: PathAnswer, wish: Wish): Action[] {
  const wished = { ...args, mode: args.mode ?? wish.mode };
  if (wish.content === undefined) return [];
  return [
    {
      kind: 'write',
      path: args.path,
      content: wish.content,
      expect: probed(file),
      attributes: file.exists ? attributeChange(wished, file).attributes : newAttributes(wished, NEW_FILE),
      backup: args.backup && file.exists,
      unsafe: args.unsafe_writes || undefined,
    },
    ...(wish.next ?? []),
  ];
}

function planned(args: ObjectArgs, { file }: Seen, wish: Wish): Plan {
  const fields = { ...wish.result, filename: args.path };
  if (wish.reason !== undefined)
    return change(wish.reason, write(args, file, wish), {
      result: fields,
      after: (outcomes) => {
        const kept = outcomes[0]?.backup;
        return { ...wish.after?.(outcomes), ...(kept !== undefined && { backup_file: kept }) };
      },
      explain: (_, outcome) => complaint(outcome),
    });
  if (!file.exists) return ok('the file is as wished', fields);
  const own = attributeChange({ ...args, mode: args.mode ?? wish.mode }, file);
  if (!own.changed) return ok('the file is as wished', fields);
  return change('attributes differ', setAttributes(args.path, own), { result: fields });
}

/** Plans the file: what is in it, and its attributes. */
export function planObject(args: ObjectArgs, seen: Seen, wish: Wish): Plan {
  if (seen.file.exists && seen.file.type === 'directory') return failed(`${args.path} is a directory`);
  try {
    return planned(args, seen, wish);
  } catch (error) {
    if (!(error instanceof WishError)) throw error;
    return failed(error.message);
  }
}

/** The bytes of a file; undefined when it is not there. */
export function contentOf(file: PathAnswer): Uint8Array | undefined {
  return file.exists ? file.content : undefined;
}
