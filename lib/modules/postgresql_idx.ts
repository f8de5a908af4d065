import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { ask, type Rows, textOf, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { ident, literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  idxname: { type: 'str', required: true, aliases: ['name'], doc: 'The index.' },
  db: { type: 'str', aliases: ['login_db'], doc: 'Its database.' },
  schema: { type: 'str', doc: 'Its schema, and that of the table; public for a new one.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  table: { type: 'str', doc: 'The table of a new one.' },
  columns: {
    type: 'list',
    elements: 'str',
    aliases: ['column'],
    doc: 'Columns or expressions of a new one, as SQL has them.',
  },
  cond: { type: 'str', doc: 'The rows that a new one covers, as a condition.' },
  idxtype: { type: 'str', aliases: ['type'], doc: 'btree, hash, gist, spgist, gin or brin.' },
  concurrent: {
    type: 'bool',
    default: true,
    doc: 'Build or drop it while others write; it then is no transaction.',
  },
  unique: { type: 'bool', default: false, doc: 'No two rows may be equal.' },
  tablespace: { type: 'str', doc: 'The tablespace of a new one.' },
  storage_params: { type: 'list', elements: 'str', doc: 'Settings of a new one, as fillfactor=90.' },
  cascade: { type: 'bool', default: false, doc: 'Drop what depends on it as well.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const KINDS = ['btree', 'hash', 'gist', 'spgist', 'gin', 'brin'];

function select({ idxname, schema }: Args): string {
  const within = schema === undefined ? '' : ` AND n.nspname = ${literal(schema)}`;
  return `SELECT n.nspname AS schema, t.relname AS tblname, coalesce(s.spcname, '') AS tblspace, x.indisvalid AS valid,
coalesce(to_json(c.reloptions), '[]') AS storage_params FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.relname = ${literal(idxname)}${within}
ORDER BY n.nspname <> 'public', n.nspname LIMIT 1`;
}

/** What does not go together, in Ansible's words. */
function wrong(a: Args): string | undefined {
  if (a.concurrent && a.cascade) return 'Concurrent mode and cascade parameters are mutually exclusive';
  const kind = a.idxtype?.toLowerCase();
  if (a.unique && kind !== undefined && kind !== 'btree')
    return 'Only btree currently supports unique indexes';
  if (a.state === 'absent') {
    const wished = [a.table, a.columns, a.cond, a.idxtype, a.tablespace].some((value) => value !== undefined);
    return wished
      ? `Index ${a.idxname} is going to be removed, so it does not make sense to pass a table name, columns, conditions, index type, or tablespace`
      : undefined;
  }
  if (!a.table) return 'Table must be specified';
  if (!a.columns?.length) return 'At least one column must be specified';
  if (a.cascade) return 'cascade parameter used only with state=absent';
  if (kind !== undefined && !KINDS.includes(kind))
    return `Index type '${a.idxtype}' of ${a.idxname} is not in valid types: ${KINDS.join(', ')}`;
  return undefined;
}

function create(a: Args): string {
  const words = [
    a.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX',
    a.concurrent && 'CONCURRENTLY',
    `${ident(a.idxname)} ON ${ident(a.schema ?? 'public')}.${ident(a.table!)}`,
    `USING ${a.idxtype ?? 'BTREE'} (${a.columns!.join(',')})`,
    a.storage_params?.length && `WITH (${a.storage_params.join(',')})`,
    a.tablespace && `TABLESPACE ${ident(a.tablespace)}`,
    a.cond && `WHERE ${a.cond}`,
  ];
  return words.filter(Boolean).join(' ');
}

function drop(a: Args, schema: string): string {
  const how = a.concurrent ? 'DROP INDEX CONCURRENTLY' : 'DROP INDEX';
  return `${how} ${ident(schema)}.${ident(a.idxname)}${a.cascade ? ' CASCADE' : ''}`;
}

const NONE = { schema: '', tblname: '', tblspace: '', valid: true, storage_params: [] };

/** What is told of an index, under the names of Ansible's documentation as well as those of its results. */
function fields(a: Args, row: JsonObject | undefined): JsonObject {
  const known = { ...NONE, ...row };
  const invalid = known.valid === false ? { warnings: [`Index ${a.idxname} is invalid!`] } : {};
  return { ...known, tablespace: textOf(known.tblspace), ...invalid };
}

/** Makes and drops indexes. */
export const postgresqlIdx = defineModule({
  name: 'postgresql_idx',
  collection: 'community.postgresql',
  summary: 'Makes and drops indexes of a PostgreSQL database.',
  args,
  returns: {
    ...{ name: 'the index', state: 'whether it is there', schema: 'its schema', tblname: 'its table' },
    ...{ tablespace: 'its tablespace', tblspace: 'the same', storage_params: 'its settings' },
    ...{ valid: 'false after a concurrent build that failed', query: 'the statement' },
  },
  examples: `
- name: Orders are found by their customer
  postgresql_idx:
    db: acme
    table: orders
    columns: [customer, made_at]
    name: orders_by_customer
`,
  queries: (a) => ({ now: ask(a, a.db, { index: select(a) }) }),
  report: (a, { now }) => {
    if (a.state === 'absent') return {};
    const rows = now.rc === 0 ? (JSON.parse(now.stdout.toString('utf8')) as { index: Rows }).index : [];
    return fields(a, rows[0]);
  },
  plan: (a, { now }, info) => {
    const texts = [a.idxname, a.schema, a.table, ...(a.columns ?? []), a.tablespace];
    const refused = distrusted(a, [...texts, ...(a.storage_params ?? []), a.cond]);
    if (refused) return refused;
    const no = wrong(a);
    if (no !== undefined) return failed(no);
    const { rows, plan } = told<'index'>(now, info);
    if (!rows) return plan;
    const found = rows.index[0];
    const right = (a.state === 'present') === (found !== undefined);
    const statement = a.state === 'present' ? create(a) : drop(a, textOf(found?.schema));
    return planStatements({
      ...{ login: a, db: a.db, single: a.concurrent },
      statements: right ? [] : [statement],
      reason: right ? 'the index is as wished' : `the index is ${found ? '' : 'not '}there`,
      // Of one that stays, `report` tells what it is then.
      fields: ([query = '']) => ({
        ...{ name: a.idxname, state: a.state, query },
        ...(a.state === 'absent' && fields(a, found)),
      }),
    });
  },
});
