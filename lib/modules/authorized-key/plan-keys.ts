import type { Action } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import type { PasswdAnswer, PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';
import { type KeyLine, parseKey, parseKeys, parseOptions, renderKeys, sameKey } from './key-lines.js';

/** What is wanted of an authorized_keys file. */
export type KeyWish = {
  readonly user: string;
  readonly key: string;
  readonly path: string | undefined;
  readonly manage_dir: boolean;
  readonly state: 'absent' | 'present';
  readonly key_options: string | undefined;
  readonly exclusive: boolean;
  readonly comment: string | undefined;
  readonly validate_certs: boolean;
  readonly follow: boolean;
};
/** What is known: the user; the keys' text (a first look); the file, asked for once it must change; the fetched keys. */
export type KeyFacts = {
  readonly user: PasswdAnswer;
  readonly look?: ReadAnswer;
  readonly fetched?: ReadAnswer;
  readonly file?: PathAnswer;
  readonly dir?: PathAnswer;
};

/** The file, or undefined while the user's home is not known. */
export function keyFile(wish: KeyWish, user: PasswdAnswer): string | undefined {
  return wish.path ?? (user.found ? `${user.home.replace(/\/$/, '')}/.ssh/authorized_keys` : undefined);
}

function wanted(wish: KeyWish, source: string): KeyLine[] | string {
  const lines = source.split(/\r\n|[\r\n]/).filter((l) => l !== '' && !l.startsWith('#'));
  const keys: KeyLine[] = [];
  for (const [rank, line] of lines.entries()) {
    const key = parseKey(line, rank);
    if (!key) return `invalid key specified: ${line}`;
    const options = wish.key_options === undefined ? key.options : parseOptions(wish.key_options);
    keys.push({ ...key, options, comment: wish.comment ?? key.comment });
  }
  return keys;
}

/** The file's new text, or undefined when it is as wanted. */
function edited(wish: KeyWish, before: string, keys: readonly KeyLine[]): string | undefined {
  const lines = parseKeys(before);
  const base = lines.size;
  let dirty = false;
  for (const key of keys) {
    const now = lines.get(key.id);
    if (wish.state === 'absent') dirty = lines.delete(key.id) || dirty;
    else if (!now || !sameKey(now, key)) {
      lines.delete(key.id);
      lines.set(key.id, { ...key, rank: base + key.rank });
      dirty = true;
    }
  }
  if (wish.state === 'present' && wish.exclusive) {
    const keep = new Set(keys.map((k) => k.id));
    for (const id of [...lines.keys()].filter((k) => !keep.has(k))) dirty = lines.delete(id) || dirty;
  }
  return dirty ? renderKeys(lines.values()) : undefined;
}

/** The new text of the file as far as the first look tells, a message, or undefined for no change. */
export function keyChange(wish: KeyWish, facts: KeyFacts): { text?: string; before: string } | string {
  const remote = /^https?:/.test(wish.key);
  if (remote && facts.fetched?.rc !== 0) return `Error getting key from: ${wish.key}`;
  const keys = wanted(wish, remote ? (facts.fetched?.stdout.toString('utf8') ?? '') : wish.key);
  if (typeof keys === 'string') return keys;
  const before = facts.file ? (textOf(facts.file) ?? '') : (facts.look?.stdout.toString('utf8') ?? '');
  return { text: edited(wish, before, keys), before };
}

function actions(wish: KeyWish, facts: KeyFacts, file: string, after: string): Action[] {
  const owner = facts.user.found ? { owner: String(facts.user.uid), group: String(facts.user.gid) } : {};
  const dir = file.slice(0, file.lastIndexOf('/')) || '/';
  const attributes = { ...owner, mode: 0o700 };
  const managed: Action[] = facts.dir?.exists
    ? [{ kind: 'attributes', path: dir, follow: true, attributes }]
    : [{ kind: 'mkdir', path: dir, parents: false, attributes }];
  const plain: Action[] = facts.dir?.exists ? [] : [{ kind: 'mkdir', path: dir, parents: true }];
  const write: Action = {
    kind: 'write',
    path: file,
    content: text(after),
    expect: probed(facts.file),
    attributes: { ...owner, mode: 0o600 },
  };
  return [...(wish.manage_dir ? managed : plain), write];
}

/** Decides how an authorized_keys file becomes the wanted one. `later`: a missing user may come from an earlier task. */
export function planKeys(wish: KeyWish, facts: KeyFacts, check: boolean, later = false): Plan {
  if (!later && !facts.user.found && (wish.path === undefined || !check))
    return failed(
      check
        ? 'Either user must exist or you must provide full path to key file in check mode'
        : `Failed to lookup user ${wish.user}: there is no such user`,
    );
  const file = keyFile(wish, facts.user) ?? `~${wish.user}/.ssh/authorized_keys`;
  const edit = keyChange(wish, facts);
  if (typeof edit === 'string') return failed(edit);
  const { path = null, key_options = null, comment = null } = wish;
  const result = { ...wish, path, key_options, comment, keyfile: file };
  if (edit.text === undefined) return ok('keys are as wanted', result);
  return change('keys are changed', actions(wish, facts, file, edit.text), {
    result,
    diff: [{ before: edit.before, after: edit.text, beforeHeader: file, afterHeader: file }],
  });
}
