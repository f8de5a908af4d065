import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { setRole, sqlError } from './asked.js';
import { type Login, psqlCall } from './login.js';
import { splitSql } from './split-sql.js';
import { ident } from './sql.js';
import { typed } from './typed.js';

/** What one query gave: the rows of its last statement (an empty dict for none), the server's word, how many rows. */
export type Outcome = {
  readonly rows: JsonObject[] | JsonObject;
  readonly status: string;
  readonly count: number;
};

/** How statements are run. */
export type Session = {
  readonly login: Login;
  readonly db?: string;
  readonly searchPath?: readonly string[];
  readonly encoding?: string;
  /** What stands around all of them. */
  readonly around?: readonly [begin: string, end: string];
};

/** Everything went well, or the number of the query that failed and the words about it. */
export type Ran = { readonly outcomes: Outcome[]; readonly failed?: string };

function opening({ login, searchPath, encoding }: Session): string {
  const name = (n: string) => (/^(?:[\w$]+|"[^"]+")$/.test(n) ? n : ident(n));
  const path = searchPath?.map((n) => name(n.trim())).join(', ');
  // Texts travel as UTF-8 whatever the encoding is; it only has to be one.
  const encodings =
    encoding === undefined
      ? ''
      : `SET client_encoding TO ${ident(encoding)};\nSET client_encoding TO 'UTF8';\n`;
  return `${setRole(login)}${encodings}SET datestyle TO ISO;\n${path ? `SET search_path TO ${path};\n` : ''}`;
}

/** A query as psql reads it: its last statement is described first, then run, each after a line with the mark. */
function script(sql: string, mark: string): string {
  const statements = splitSql(sql);
  const last = statements.pop();
  if (last === undefined) return `\\echo ${mark}\n\\echo ${mark}\n\\echo ${mark}0\n`;
  const before = statements.map((s) => `${s}\n;\n`).join('');
  return `${before}\\echo ${mark}\n${last}\n\\gdesc\n\\echo ${mark}\n\\g\n\\echo ${mark}:ROW_COUNT\n`;
}

function fieldsOf(section: string): string[] {
  return section.split('\0').slice(0, -1);
}

function statusOf(sql: string, rest: string, count: number): string {
  const said = rest.trim();
  if (said !== '') return said.split('\n').at(-1)!;
  const word =
    /^[\s(]*(?:--[^\n]*\s*|\/\*.*?\*\/\s*)*(\w+)/s.exec(splitSql(sql).at(-1) ?? '')?.[1]?.toUpperCase() ?? '';
  return /^(?:SELECT|WITH|VALUES|TABLE)$/.test(word) ? `SELECT ${count}` : word;
}

/** What one query left between its marks. */
function outcome(sql: string, described: string, result: string, count: number, nothing: string): Outcome {
  const described2 = fieldsOf(described);
  const columns = described2.flatMap((name, i) =>
    i % 2 === 0 ? [{ name, type: described2[i + 1] ?? '' }] : [],
  );
  const cells = fieldsOf(result);
  const status = statusOf(sql, result.slice(result.lastIndexOf('\0') + 1), count);
  if (columns.length === 0) return { rows: {}, status, count };
  const rows = Array.from({ length: cells.length / columns.length }, (_, r) => {
    const cell = (c: number): Json => {
      const text = cells[r * columns.length + c]!;
      return text === nothing ? null : typed(text, columns[c]!.type);
    };
    return Object.fromEntries(columns.map(({ name }, c) => [name, cell(c)]));
  });
  return { rows, status, count };
}

/** Runs queries in one session on the node, and tells what each of them gave. */
export async function runQueries(
  info: Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal'>,
  session: Session,
  queries: readonly string[],
): Promise<Ran> {
  const mark = `-- ${randomBytes(16).toString('hex')} `;
  const nothing = mark.trim();
  const [begin, end] = session.around ?? ['', ''];
  const sql = `${opening(session)}${begin}${queries.map((q) => script(q, `'${mark}'`)).join('')}${end}`;
  const options = ['-z', '-0', '-P', `null=${nothing}`];
  const { argv, stdin } = psqlCall(session.login, session.db, sql, options);
  const { node, environment: env, signal, become } = info;
  const done = await node.run({ argv, env, stdin: Buffer.from(stdin), signal }, become);
  const sections = done.stdout.toString('utf8').split(mark);
  const outcomes = queries.flatMap((query, i) => {
    const [described, result, count] = sections.slice(i * 3 + 1, i * 3 + 4);
    if (count === undefined) return [];
    return [outcome(query, described!.slice(1), result!.slice(1), Number.parseInt(count, 10), nothing)];
  });
  return done.rc === 0 ? { outcomes } : { outcomes, failed: sqlError(done) };
}
