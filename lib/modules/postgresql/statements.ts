import type { RunAction } from '../../node/actions/action.js';
import type { JsonObject } from '../../values/json.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { setRole, sqlError } from './asked.js';
import { type Login, psqlCall } from './login.js';
import { dangerous } from './sql.js';

/** A statement to run; `shown` stands for it in results where it holds a secret. */
export type Statement = string | { readonly sql: string; readonly shown: string };

type Wish = {
  readonly login: Login;
  readonly db?: string;
  readonly statements: readonly Statement[];
  /** Each on its own, as CREATE DATABASE has to be; else all of them or none. */
  readonly single?: boolean;
  readonly reason: string;
  /** Fields of the result from what is shown of the statements; default: `queries`. */
  readonly fields?: (shown: string[]) => JsonObject;
  /** Words before what the server says when a statement fails. */
  readonly failure?: string;
};

function sqlOf(one: Statement): string {
  const sql = typeof one === 'string' ? one : one.sql;
  return `${sql.replace(/;\s*$/, '')};\n`;
}

/** The action that runs statements in one session. */
export function sqlAction({
  login,
  db,
  statements,
  single,
}: Pick<Wish, 'login' | 'db' | 'statements' | 'single'>): RunAction {
  const body = statements.map(sqlOf).join('');
  const sql = single ? body : `BEGIN;\n${body}COMMIT;\n`;
  return { kind: 'run', ...psqlCall(login, db, `${setRole(login)}${sql}`) };
}

/** The plan of a module that comes down to statements: nothing to do when there are none. */
export function planStatements(wish: Wish): Plan {
  const shown = wish.statements.map((s) => (typeof s === 'string' ? s : s.shown));
  const result = wish.fields?.(shown) ?? { queries: shown };
  if (wish.statements.length === 0) return ok(wish.reason, result);
  return change(wish.reason, [sqlAction(wish)], {
    result,
    diff: [{ prepared: `${shown.join(';\n')};\n` }],
    explain: (_, outcome) => `${wish.failure ?? ''}${sqlError(outcome)}`,
  });
}

/** The failure of `trust_input: false`, when one of the texts calls for it. */
export function distrusted(
  a: { readonly trust_input: boolean; readonly session_role?: string },
  texts: readonly (string | undefined)[],
): Plan | undefined {
  const words = a.trust_input ? undefined : dangerous([...texts, a.session_role]);
  return words === undefined ? undefined : failed(words);
}
