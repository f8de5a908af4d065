import { literal } from './sql.js';

/** An access list as text, its entries in order of their own: regranting moves them about. */
function acl(column: string): string {
  return `coalesce((SELECT string_agg(e::text, ',' ORDER BY e::text) FROM unnest(${column}) e), ${column}::text)`;
}

function listed(table: string, column: string): string {
  return `SELECT string_agg(oid || ':' || ${acl(column)}, ';' ORDER BY oid) FROM ${table}`;
}

const RELATIONS = listed('pg_class', 'relacl');
const FUNCTIONS = listed('pg_proc', 'proacl');

/** For each type of object, a select of one text that differs when privileges on such objects do. */
export const STATUS = {
  table: RELATIONS,
  sequence: RELATIONS,
  function: FUNCTIONS,
  procedure: FUNCTIONS,
  schema: listed('pg_namespace', 'nspacl'),
  language: listed('pg_language', 'lanacl'),
  tablespace: listed('pg_tablespace', 'spcacl'),
  database: listed('pg_database', 'datacl'),
  foreign_data_wrapper: listed('pg_foreign_data_wrapper', 'fdwacl'),
  foreign_server: listed('pg_foreign_server', 'srvacl'),
  type: listed('pg_type', 'typacl'),
  group: `SELECT string_agg(concat_ws(':', roleid, member, admin_option), ';' ORDER BY roleid, member, admin_option) FROM pg_auth_members`,
  default_privs: `SELECT string_agg(concat_ws(':', defaclrole, defaclnamespace, defaclobjtype, ${acl('defaclacl')}), ';' ORDER BY defaclrole, defaclnamespace, defaclobjtype) FROM pg_default_acl`,
} as const;

/** A select of how many objects of a type a schema holds; nothing can be granted on all of none. */
export function countIn(type: string, schema: string): string {
  const kinds: Record<string, string> = {
    table: `pg_class WHERE relkind IN ('r','v','m','p') AND relnamespace`,
    sequence: `pg_class WHERE relkind = 'S' AND relnamespace`,
    function: 'pg_proc WHERE pronamespace',
    procedure: `pg_proc WHERE prokind = 'p' AND pronamespace`,
  };
  return `SELECT count(*) FROM ${kinds[type]} = (SELECT oid FROM pg_namespace WHERE nspname = ${literal(schema)})`;
}
