import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';
import { ask, type Rows, textOf, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { literal } from './postgresql/sql.js';
import { distrusted } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  filter: { type: 'list', elements: 'str', doc: 'Of functions, indexes and tables; default: all.' },
  schema: { type: 'str', doc: 'Only of this schema.' },
  db: { type: 'str', aliases: ['login_db'], doc: 'The database.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

/** Each kind: the columns of its view, the view, and the column that names the object. */
const KINDS = {
  functions: ['s.*', 'pg_stat_user_functions', 'funcname'],
  indexes: ['s.*, pg_relation_size(s.indexrelid) AS size', 'pg_stat_user_indexes', 'indexrelname'],
  tables: [
    's.*, pg_relation_size(s.relid) AS size, pg_total_relation_size(s.relid) AS total_size',
    'pg_stat_user_tables',
    'relname',
  ],
} as const;
type Kind = keyof typeof KINDS;
const ALL = Object.keys(KINDS) as Kind[];

function chosen({ filter }: Args): Kind[] {
  const words = filter?.map((word) => word.trim());
  return words?.length ? ALL.filter((kind) => words.includes(kind)) : ALL;
}

function selects(a: Args): Record<string, string> {
  const within = a.schema ? ` WHERE s.schemaname = ${literal(a.schema)}` : '';
  const kinds = chosen(a).map((kind) => [kind, `SELECT ${KINDS[kind][0]} FROM ${KINDS[kind][1]} s${within}`]);
  const schema = `SELECT 1 FROM pg_namespace WHERE nspname = ${literal(a.schema ?? '')}`;
  return { ...Object.fromEntries(kinds), schema };
}

// PostgreSQL writes numbers of objects into JSON as texts; to Ansible they are numbers.
const OBJECTS = ['relid', 'indexrelid', 'funcid'];

function numbered(row: JsonObject): JsonObject {
  const pairs = Object.entries(row);
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, OBJECTS.includes(name) ? Number(value) : value]),
  );
}

/** Rows by their schema, then by their name; the two are no fields of theirs. */
function bySchema(kind: Kind, rows: Rows): JsonObject {
  const out: Record<string, JsonObject> = {};
  const column = KINDS[kind][2];
  for (const row of rows) {
    const { schemaname, [column]: name, ...rest } = row;
    const schema = textOf(schemaname);
    out[schema] = { ...out[schema], [textOf(name)]: numbered(rest) };
  }
  return out;
}

/** Tells how often tables, indexes and functions are used, and how large they are. */
export const postgresqlUserObjStatInfo = defineModule({
  name: 'postgresql_user_obj_stat_info',
  collection: 'community.postgresql',
  summary: 'Tells how tables, indexes and functions of a PostgreSQL database are used.',
  args,
  tells: true,
  returns: {
    functions: 'by schema and name',
    indexes: 'by schema and name, with size in bytes',
    tables: 'by schema and name, with size and total_size in bytes',
  },
  examples: `
- name: How large the tables are
  postgresql_user_obj_stat_info:
    db: acme
    filter: tables
  register: stats
`,
  queries: (a) => ({ now: ask(a, a.db, selects(a)) }),
  plan: (a, { now }, info) => {
    const refused = distrusted(a, []);
    if (refused) return refused;
    const { rows, plan } = told<Kind | 'schema'>(now, info);
    if (!rows) return plan;
    if (a.schema && rows.schema.length === 0 && !mayComeLater(info))
      return failed(`Schema '${a.schema}' does not exist`);
    const unknown = (a.filter ?? []).filter((word) => !(word.trim() in KINDS));
    const warnings = unknown.map((word) => `Unknown filter option '${word.trim()}'`);
    const found = ALL.map((kind) => [kind, bySchema(kind, rows[kind] ?? [])]);
    return ok('told', { ...Object.fromEntries(found), ...(warnings.length > 0 && { warnings }) });
  },
});
