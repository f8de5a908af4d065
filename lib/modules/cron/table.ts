import type { Action } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import {
  type PathAnswer,
  type PathQuery,
  path,
  type ReadAnswer,
  type ReadQuery,
  read,
} from '../../node/queries/query.js';
import { failed, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';
import { type Crontab, parseCrontab } from './crontab.js';

/** Which crontab is meant, and whether a copy is kept. */
export type TableWish = { readonly user?: string; readonly cron_file?: string; readonly backup: boolean };

/** What is known of it: a user's own table, or a file. */
export type TableFacts = { readonly table?: ReadAnswer; readonly file?: PathAnswer };

/** Where the module's crontab lies: a path, or undefined for a user's own table. */
export function cronPath(wish: TableWish): string | undefined {
  const file = wish.cron_file;
  return file === undefined || file.startsWith('/') ? file : `/etc/cron.d/${file}`;
}

/** Argv of crontab for the wanted user. */
function crontabWords(wish: TableWish, operation: string): string[] {
  return ['crontab', ...(wish.user === undefined ? [] : ['-u', wish.user]), operation];
}

/** The queries about a crontab. */
export function tableQueries(wish: TableWish): { file: PathQuery | undefined; table: ReadQuery | undefined } {
  const file = cronPath(wish);
  return {
    file: file === undefined ? undefined : path(file, { content: true, follow: true }),
    table: file === undefined ? read(crontabWords(wish, '-l')) : undefined,
  };
}

/** The crontab there is, or why it cannot be read. `later`: what is missing may come from an earlier task. */
export function readTable(wish: TableWish, facts: TableFacts, later: boolean): Crontab | Plan {
  if (wish.cron_file !== undefined) {
    const file = facts.file?.exists ? textOf(facts.file) : '';
    return file === undefined ? failed(`${cronPath(wish)} cannot be read as text`) : parseCrontab(file, true);
  }
  const { rc, stdout, stderr } = facts.table ?? { rc: 1, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  if (later && rc !== 0) return parseCrontab('', false);
  // 1 also means that there is no crontab yet.
  if (rc === 127) return failed('Failed to find required executable "crontab" on the node');
  if (rc > 1) return failed(`Unable to read crontab: ${stderr.toString('utf8').trim()}`);
  if (rc === 1 && !/no crontab for/.test(stderr.toString())) return failed(stderr.toString('utf8').trim());
  return parseCrontab(stdout.toString('utf8'), false);
}

/** The actions that put a new text in its place. `drop`: the file goes away. */
export function writeTable(
  wish: TableWish,
  facts: TableFacts,
  before: Crontab,
  after: string,
  drop: boolean,
): Action[] {
  const copy: Action = {
    kind: 'run',
    script: 'umask 077; b=$(mktemp /tmp/crontabXXXXXX) && cat > "$b" && printf %s "$b"',
    stdin: before.existing,
    touches: [],
  };
  const path = cronPath(wish);
  const fresh = facts.file?.exists ? undefined : { mode: 0o644 };
  const write: Action =
    path === undefined
      ? { kind: 'run', argv: crontabWords(wish, '-'), stdin: after }
      : drop
        ? { kind: 'remove', path, recurse: false }
        : { kind: 'write', path, content: text(after), expect: probed(facts.file), attributes: fresh };
  return [...(wish.backup ? [copy] : []), write];
}
