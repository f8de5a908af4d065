import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { ask, type Rows, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { literal, nameParts } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';
import { tableContradiction, tableStatements } from './postgresql/table-statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  table: { type: 'str', required: true, aliases: ['name'], doc: 'The table, with its schema before a dot.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  db: { type: 'str', default: '', aliases: ['login_db'], doc: 'Its database.' },
  tablespace: { type: 'str', doc: 'Its tablespace.' },
  owner: { type: 'str', doc: 'The role that owns it.' },
  unlogged: { type: 'bool', default: false, doc: 'A new one is not in the write-ahead log.' },
  like: { type: 'str', doc: 'A table whose columns a new one gets.' },
  including: { type: 'str', doc: 'What else it gets of it, as comments, indexes.' },
  columns: { type: 'list', elements: 'str', doc: 'The columns of a new one, as SQL has them.' },
  rename: { type: 'str', doc: 'Another name for it.' },
  truncate: { type: 'bool', default: false, doc: 'Take all rows away.' },
  storage_params: { type: 'list', elements: 'str', doc: 'Its settings, as fillfactor=90.' },
  cascade: { type: 'bool', default: false, doc: 'Drop what depends on it as well.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function select(name: string): string {
  const parts = nameParts(name);
  return `SELECT pg_get_userbyid(c.relowner) AS owner, coalesce(s.spcname, '') AS tablespace, coalesce(to_json(c.reloptions), '[]') AS storage_params
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p') AND c.relname = ${literal(parts.at(-1) ?? '')} AND n.nspname = ${literal(parts.at(-2) ?? 'public')}`;
}

/** The name after a change: the new one in the same schema. */
function later({ table, rename }: Args): string {
  if (!rename) return table;
  const schema = nameParts(table).at(-2);
  return schema === undefined ? rename : `"${schema.replace(/"/g, '""')}".${rename}`;
}

/** Makes, changes, empties, renames and drops tables. */
export const postgresqlTable = defineModule({
  name: 'postgresql_table',
  collection: 'community.postgresql',
  summary: 'Makes, changes and drops tables of a PostgreSQL database.',
  args,
  returns: {
    ...{ table: 'the table', state: 'whether it is there', owner: 'its owner' },
    ...{ tablespace: 'its tablespace', storage_params: 'its settings', queries: 'the statements' },
  },
  examples: `
- name: Orders
  postgresql_table:
    db: acme
    name: orders
    columns:
      - id bigserial primary key
      - made_at timestamptz not null
    owner: app
`,
  queries: (a) => ({ now: ask(a, a.db, { table: select(a.table), later: select(later(a)) }) }),
  report: (a, { now }) => {
    if (now.rc !== 0 || a.state === 'absent') return {};
    const rows = JSON.parse(now.stdout.toString('utf8')) as { later: Rows };
    return { state: 'present', ...rows.later[0] };
  },
  plan: (a, { now }, info) => {
    const names = [a.table, a.tablespace, a.owner, a.like, a.including, a.rename];
    const refused = distrusted(a, [...names, ...(a.storage_params ?? []), ...(a.columns ?? [])]);
    if (refused) return refused;
    const no = tableContradiction(a);
    if (no !== undefined) return failed(no);
    const { rows, plan } = told<'table' | 'later'>(now, info);
    if (!rows) return plan;
    const found = rows.table[0];
    if (!found && (a.truncate || a.rename))
      return mayComeLater(info)
        ? change('an earlier task may make the table', [])
        : failed(`relation "${a.table}" does not exist`);
    const statements = tableStatements(a, found);
    const warnings =
      a.cascade && a.state === 'present' ? { warnings: ['cascade=true is ignored when state=present'] } : {};
    const fields = (queries: string[]): JsonObject => ({
      ...{ table: a.table, queries },
      ...(a.state === 'absent' && { state: found ? 'absent' : '', ...found }),
      ...warnings,
    });
    const reason = statements.length > 0 ? 'the table is otherwise' : 'the table is as wished';
    return planStatements({ login: a, db: a.db, statements, reason, fields });
  },
});
