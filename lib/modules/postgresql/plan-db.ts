import type { ReadAnswer, ReadQuery } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { change, failed, type Plan } from '../plan.js';
import { ask, type Rows, sqlError, told } from './asked.js';
import type { DbArgs } from './db-args.js';
import { dumpAction, restoreAction } from './dump.js';
import { ident, literal } from './sql.js';
import { distrusted, planStatements } from './statements.js';

/** The first version that drops databases with their connections. */
const DROPS_BY_FORCE = 130000;

/** What has to be known of a database; nothing for dumps. */
export function dbQuery(a: DbArgs): ReadQuery | undefined {
  if (a.state === 'dump' || a.state === 'restore') return undefined;
  const encoding = a.encoding ? `d.encoding = pg_char_to_encoding(${literal(a.encoding)})` : 'true';
  return ask(a, a.maintenance_db, {
    db: `SELECT pg_get_userbyid(d.datdba) AS owner, pg_encoding_to_char(d.encoding) AS encoding, ${encoding} AS same_encoding, d.datcollate, d.datctype, d.datconnlimit, t.spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE d.datname = ${literal(a.name)}`,
    target: `SELECT 1 FROM pg_database WHERE datname = ${literal(a.target)}`,
    server: `SELECT current_setting('server_version_num')::int AS version`,
  });
}

type State = Readonly<Record<'db' | 'target' | 'server', Rows>>;

function creation(a: DbArgs): string {
  const words: readonly [string, string][] = [
    ['OWNER', a.owner && ident(a.owner)],
    ['TEMPLATE', a.template && ident(a.template)],
    ['ENCODING', a.encoding && literal(a.encoding)],
    ['LC_COLLATE', a.lc_collate && literal(a.lc_collate)],
    ['LC_CTYPE', a.lc_ctype && literal(a.lc_ctype)],
    ['TABLESPACE', a.tablespace && ident(a.tablespace)],
    ['CONNECTION LIMIT', a.conn_limit],
  ];
  const given = words.filter(([, value]) => value).map(([name, value]) => `${name} ${value}`);
  return [`CREATE DATABASE ${ident(a.name)}`, ...given].join(' ');
}

function alterations(a: DbArgs, now: JsonObject): string[] | { failed: string } {
  if (!now.same_encoding)
    return { failed: `Changing database encoding is not supported. Current encoding: ${now.encoding}` };
  if (a.lc_collate && a.lc_collate !== now.datcollate)
    return { failed: `Changing LC_COLLATE is not supported. Current LC_COLLATE: ${now.datcollate}` };
  if (a.lc_ctype && a.lc_ctype !== now.datctype)
    return { failed: `Changing LC_CTYPE is not supported. Current LC_CTYPE: ${now.datctype}` };
  const alter = `ALTER DATABASE ${ident(a.name)}`;
  return [
    ...(a.owner && a.owner !== now.owner ? [`${alter} OWNER TO ${ident(a.owner)}`] : []),
    ...(a.conn_limit && a.conn_limit !== String(now.datconnlimit)
      ? [`${alter} CONNECTION LIMIT ${a.conn_limit}`]
      : []),
    ...(a.tablespace && a.tablespace !== now.spcname
      ? [`${alter} SET TABLESPACE ${ident(a.tablespace)}`]
      : []),
  ];
}

function removal(a: DbArgs, state: State): string[] {
  if (!state.db[0]) return [];
  const drop = `DROP DATABASE ${ident(a.name)}`;
  if (!a.force) return [drop];
  if (Number(state.server[0]!.version) >= DROPS_BY_FORCE) return [`${drop} WITH (FORCE)`];
  const name = literal(a.name);
  return [
    `UPDATE pg_database SET datallowconn = false WHERE datname = ${name}`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name} AND pid <> pg_backend_pid()`,
    drop,
  ];
}

function renaming(a: DbArgs, state: State): string[] | { failed: string } {
  const [source, target] = [state.db.length > 0, state.target.length > 0];
  if (source && target) return { failed: 'Both the source and the target databases exist.' };
  if (!source && !target) return { failed: 'The source and the target databases do not exist.' };
  return target ? [] : [`ALTER DATABASE ${ident(a.name)} RENAME TO ${ident(a.target)}`];
}

function misused(a: DbArgs): string | undefined {
  if (a.conn_limit && !/^-?\d+$/.test(a.conn_limit))
    return `conn_limit must be a number, got: ${a.conn_limit}`;
  if (a.state !== 'rename') return undefined;
  if (!a.target) return 'The "target" option must be defined when the "rename" option is used.';
  if (a.name === a.target) return 'The "name/db" option and the "target" option cannot be the same.';
  if (a.maintenance_db === a.name)
    return 'The "maintenance_db" option and the "name/db" option cannot be the same.';
  return undefined;
}

/** A dump or a restoration, which is a change each time. */
function planTransfer(a: DbArgs): Plan {
  const { action, shown } = a.state === 'dump' ? dumpAction(a) : restoreAction(a);
  return change(a.state === 'dump' ? 'a new dump' : 'restored', [action], {
    result: { executed_commands: [shown], cmd: shown },
    after: ([outcome]) => ({
      msg: outcome?.stdout.toString('utf8') ?? '',
      stderr: outcome?.stderr.toString('utf8').replace(/^Password: ?\n?/, '') ?? '',
      rc: outcome?.rc ?? 0,
    }),
    explain: (_, outcome) => sqlError({ ...outcome, rc: 1 }),
  });
}

/** What has to be done for a database to be as wished. */
export function planDb(a: DbArgs, now: ReadAnswer | undefined, info: PlanInfo): Plan {
  const bad = misused(a);
  if (bad !== undefined) return failed(bad);
  const refused = distrusted(a, [a.owner, a.conn_limit, a.encoding, a.name, a.template, a.tablespace]);
  if (refused) return refused;
  if (!now) return planTransfer(a);
  const { rows, plan } = told<'db' | 'target' | 'server'>(now, info);
  if (!rows) return plan;
  const found = rows.db[0];
  const present = () => (found ? alterations(a, found) : [creation(a)]);
  const statements =
    a.state === 'absent' ? removal(a, rows) : a.state === 'rename' ? renaming(a, rows) : present();
  if ('failed' in statements) return failed(statements.failed);
  return planStatements({
    login: a,
    db: a.maintenance_db,
    statements,
    single: true,
    reason: statements.length ? 'another state of the database' : 'the database is as wished',
    fields: (executed_commands) => ({ db: a.name, executed_commands }),
    failure: 'Database query failed: ',
  });
}
