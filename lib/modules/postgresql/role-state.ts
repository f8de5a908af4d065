import type { Json, JsonObject } from '../../values/json.js';
import type { Rows } from './asked.js';
import { literal } from './sql.js';

/** The selects that tell all about a role. */
export type RoleState = 'role' | 'stored' | 'roles' | 'memberof' | 'database' | 'tables' | 'server';

/** The columns of pg_roles by the attributes of CREATE ROLE. */
export const FLAG_COLUMNS: Readonly<Record<string, string>> = {
  SUPERUSER: 'rolsuper',
  CREATEROLE: 'rolcreaterole',
  CREATEDB: 'rolcreatedb',
  INHERIT: 'rolinherit',
  LOGIN: 'rolcanlogin',
  REPLICATION: 'rolreplication',
  BYPASSRLS: 'rolbypassrls',
};

/**
 * The selects about a role. Not everyone may read pg_authid, and a select that names it is refused as a whole; so it
 * is read by a text that only runs where it may.
 */
export function roleSelects(
  name: string,
  expires: string | undefined,
  db: string,
): Record<RoleState, string> {
  const role = literal(name);
  const until =
    expires === undefined ? 'true' : `r.rolvaliduntil IS NOT DISTINCT FROM ${literal(expires)}::timestamptz`;
  const grantee = name === 'PUBLIC' ? '0::oid' : `(SELECT oid FROM pg_roles WHERE rolname = ${role})`;
  const secret = `query_to_xml(format('SELECT rolpassword AS p FROM pg_authid WHERE rolname = %L', ${role}), false, false, '')::text`;
  return {
    role: `SELECT r.*, ${until} AS same_until, shobj_description(r.oid, 'pg_authid') AS comment FROM pg_roles r WHERE rolname = ${role}`,
    stored: `SELECT CASE WHEN has_table_privilege('pg_authid', 'SELECT') THEN coalesce(substring(${secret} FROM '<p>(.*)</p>'), '') END AS password`,
    roles: 'SELECT rolname FROM pg_roles',
    memberof: `SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = ${role}`,
    database: `SELECT x.privilege_type FROM pg_database d, aclexplode(d.datacl) x WHERE d.datname = ${literal(db)} AND x.grantee = ${grantee}`,
    tables: `SELECT n.nspname || '.' || c.relname AS name, x.privilege_type FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x WHERE c.relkind IN ('r','p','v','m','f') AND x.grantee = ${grantee}`,
    server: `SELECT current_setting('server_version_num')::int AS version, current_setting('password_encryption') AS encryption, current_setting('scram_iterations', true)::int AS iterations`,
  };
}

/** One column of rows. */
export function column(rows: Rows, name: string): Json[] {
  return rows.map((row: JsonObject) => row[name] ?? null);
}
