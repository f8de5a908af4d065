import { type ReadAnswer, type ReadQuery, read } from '../../node/queries/query.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, type Plan } from '../plan.js';
import { complaint, printed, without } from '../program.js';
import { type Login, psqlCall } from './login.js';
import { ident } from './sql.js';

/** How psql ends when it cannot connect. */
const NO_CONNECTION = 2;

/** The statement that changes to the role of a session. */
export function setRole(login: Login): string {
  return login.session_role === undefined ? '' : `SET ROLE ${ident(login.session_role)};\n`;
}

/** Selects by name, as one query; each answers with a list of its rows, by columns. */
export function ask(
  login: Login,
  db: string | undefined,
  selects: Readonly<Record<string, string>>,
): ReadQuery {
  const parts = Object.entries(selects).map(
    ([name, sql]) => `'${name}', (SELECT coalesce(json_agg(row_to_json(q)), '[]') FROM (${sql}) q)`,
  );
  const { argv, stdin } = psqlCall(
    login,
    db,
    `${setRole(login)}SELECT json_build_object(${parts.join(', ')});\n`,
  );
  return read(argv, stdin);
}

/** The rows of one of the selects. */
export type Rows = readonly JsonObject[];

/** The rows by the names of the selects, or the plan that follows from an answer that is none. */
export type Told<K extends string> =
  | { readonly rows: Readonly<Record<K, Rows>>; readonly plan?: undefined }
  | { readonly rows?: undefined; readonly plan: Plan };

/** What PostgreSQL's clients complain about, without their own name and that they asked for a password. */
export function sqlError(answer: Pick<ReadAnswer, 'rc' | 'stdout' | 'stderr'>): string {
  const said = complaint(answer)
    .replace(/^Password(?: for user [^:\n]*)?: ?\n?/m, '')
    .replace(/^(?:psql: error: |psql:<stdin>:\d+: )/gm, '')
    .replace(/^(?:ERROR|FATAL): {2}/, '')
    .trim();
  return answer.rc === NO_CONNECTION ? `unable to connect to database: ${said}` : said;
}

/** What the selects answered. In check mode an earlier task may yet bring the server, the database, or the rights. */
export function told<K extends string>(answer: ReadAnswer, info: PlanInfo): Told<K> {
  const lacks = without('psql', 'postgresql-client', answer, info);
  if (lacks) return { plan: lacks };
  if (answer.rc === 0) return { rows: JSON.parse(printed(answer)) as Record<K, Rows> };
  if (mayComeLater(info)) return { plan: change('an earlier task may make it possible', []) };
  return { plan: failed(sqlError(answer)) };
}

/** A field of a row as text; empty when it is null. */
export function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}
