import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { ask, type Rows, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { column } from './postgresql/role-state.js';
import { ident, literal, nameParts, qualified, textArray } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  db: { type: 'str', aliases: ['login_db'], doc: 'The database of the object.' },
  new_owner: { type: 'str', required: true, doc: 'The role that owns it.' },
  obj_name: { type: 'str', doc: 'The object, with its schema before a dot where that matters.' },
  obj_type: {
    type: 'str',
    aliases: ['type'],
    choices: ['database', 'function', 'matview', 'sequence', 'schema', 'table', 'tablespace', 'view'],
    doc: 'What it is.',
  },
  reassign_owned_by: {
    type: 'list',
    elements: 'str',
    doc: 'Roles that lose all they own here to the new owner.',
  },
  fail_on_role: { type: 'bool', default: true, doc: 'Fail when one of those does not exist.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** The catalogue of each type: its table, the columns of name and owner, which of its rows, the column of the schema. */
const CATALOGUES = {
  database: ['pg_database', 'datname', 'datdba', 'true'],
  tablespace: ['pg_tablespace', 'spcname', 'spcowner', 'true'],
  schema: ['pg_namespace', 'nspname', 'nspowner', 'true'],
  function: ['pg_proc', 'proname', 'proowner', 'true', 'pronamespace'],
  sequence: ['pg_class', 'relname', 'relowner', "relkind = 'S'", 'relnamespace'],
  table: ['pg_class', 'relname', 'relowner', "relkind IN ('r','p','f')", 'relnamespace'],
  view: ['pg_class', 'relname', 'relowner', "relkind = 'v'", 'relnamespace'],
  matview: ['pg_class', 'relname', 'relowner', "relkind = 'm'", 'relnamespace'],
} as const;

function ownerSelect(a: Args): string {
  const [table, name, owner, which, schema] = CATALOGUES[a.obj_type ?? 'table'];
  const parts = schema ? nameParts((a.obj_name ?? '').replace(/\(.*/s, '')) : [a.obj_name ?? ''];
  const within =
    schema && parts.length > 1
      ? ` AND ${schema} = (SELECT oid FROM pg_namespace WHERE nspname = ${literal(parts.at(-2)!)})`
      : '';
  return `SELECT 1 FROM ${table} WHERE ${which} AND ${name} = ${literal(parts.at(-1) ?? '')}${within} AND pg_get_userbyid(${owner}) = ${literal(a.new_owner)}`;
}

const OWNED = (roles: readonly string[]) =>
  `SELECT 1 FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid AND d.refclassid = 'pg_authid'::regclass WHERE d.deptype = 'o' AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) AND r.rolname = ANY(${textArray(roles)}) LIMIT 1`;

function setOwner(a: Args): string {
  const type = a.obj_type === 'matview' ? 'MATERIALIZED VIEW' : a.obj_type!.toUpperCase();
  const [, name, rest] = /^([^(]*)(.*)$/s.exec(a.obj_name!)!;
  const whole = a.obj_type === 'database' || a.obj_type === 'tablespace';
  const target = whole
    ? ident(a.obj_name!)
    : a.obj_type === 'function'
      ? `${qualified(name!)}${rest}`
      : qualified(a.obj_name!);
  return `ALTER ${type} ${target} OWNER TO ${ident(a.new_owner)}`;
}

function wished(
  a: Args,
  rows: Readonly<Record<'roles' | 'owner' | 'owned', Rows>>,
  there: readonly string[],
): string[] {
  if (a.obj_name) return rows.owner.length ? [] : [setOwner(a)];
  if (there.length === 0 || rows.owned.length === 0) return [];
  return [`REASSIGN OWNED BY ${there.map(ident).join(',')} TO ${ident(a.new_owner)}`];
}

/** Gives objects of a database to another role. */
export const postgresqlOwner = defineModule({
  name: 'postgresql_owner',
  collection: 'community.postgresql',
  summary: 'Gives objects of a PostgreSQL database to another role.',
  args,
  rules: {
    mutuallyExclusive: [
      ['obj_name', 'reassign_owned_by'],
      ['obj_type', 'reassign_owned_by'],
      ['obj_name', 'fail_on_role'],
      ['obj_type', 'fail_on_role'],
    ],
  },
  returns: { queries: 'the statements' },
  examples: `
- name: The table is the application's
  postgresql_owner:
    db: acme
    obj_name: public.orders
    obj_type: table
    new_owner: app
`,
  queries: (a) => ({
    now: ask(a, a.db, {
      roles: 'SELECT rolname FROM pg_roles',
      owner: ownerSelect(a),
      owned: OWNED(a.reassign_owned_by ?? []),
    }),
  }),
  plan: (a, { now }, info) => {
    const refused = distrusted(a, [a.new_owner, a.obj_name, ...(a.reassign_owned_by ?? [])]);
    if (refused) return refused;
    if (a.obj_name && !a.obj_type) return failed('obj_type is required with obj_name');
    const { rows, plan } = told<'roles' | 'owner' | 'owned'>(now, info);
    if (!rows) return plan;
    const known = column(rows.roles, 'rolname');
    const there = (a.reassign_owned_by ?? []).filter((r) => known.includes(r));
    const lost = (a.reassign_owned_by ?? []).filter((r) => !known.includes(r));
    const needed = [a.new_owner, ...(a.fail_on_role ? lost : [])].find((r) => !known.includes(r));
    if (needed !== undefined)
      return mayComeLater(info)
        ? change('an earlier task may make the role', [])
        : failed(`Role '${needed}' does not exist`);
    const statements = wished(a, rows, there);
    const warnings = lost.map((r) => `Role '${r}' does not exist, pass`);
    const fields = (queries: string[]) => ({ queries, ...(warnings.length ? { warnings } : {}) });
    const reason = statements.length ? 'another owner' : 'the owner is as wished';
    return planStatements({ login: a, db: a.db, statements, fields, reason });
  },
});
