import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { ask, type Rows, textOf, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { publicationStatements, publishes } from './postgresql/publication-statements.js';
import { ident, literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  name: { type: 'str', required: true, doc: 'The publication.' },
  db: { type: 'str', aliases: ['login_db'], doc: 'Its database.' },
  tables: {
    type: 'list',
    elements: 'str',
    doc: 'The tables it publishes; a new one without them publishes all.',
  },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  parameters: { type: 'dict', doc: 'Its parameters, as publish.' },
  owner: { type: 'str', doc: 'The role that owns it.' },
  cascade: { type: 'bool', default: false, doc: 'Drop what depends on it as well.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;
type State = Readonly<Record<'publication' | 'tables', Rows>>;

const tablesOf = (rows: Rows): string[] =>
  rows.map((t) => `${ident(textOf(t.schemaname))}.${ident(textOf(t.tablename))}`);

/** What is told of a publication. */
function described({ publication: [row], tables }: State): JsonObject {
  if (!row) return { exists: false };
  const alltables = row.puballtables === true;
  return {
    ...{ exists: true, owner: textOf(row.owner), alltables },
    tables: alltables ? [] : tablesOf(tables),
    parameters: { publish: publishes(row) },
  };
}

/** Warnings about arguments that the state has no use for. */
function idle(a: Args): string[] {
  if (a.state === 'present') return a.cascade ? ['parameter "cascade" is ignored when "state=present"'] : [];
  const given = (['tables', 'parameters', 'owner'] as const).filter((name) => a[name] !== undefined);
  return given.map((name) => `parameter "${name}" is ignored when "state=absent"`);
}

/** Makes, changes and drops publications of logical replication. */
export const postgresqlPublication = defineModule({
  name: 'postgresql_publication',
  collection: 'community.postgresql',
  summary: 'Makes, changes and drops publications of a PostgreSQL database.',
  args,
  returns: {
    exists: 'whether it is there now',
    queries: 'the statements',
    owner: 'its owner',
    tables: 'what it publishes, with schemas and in quotes',
    alltables: 'whether it publishes every table',
    parameters: 'publish: which operations',
  },
  examples: `
- name: Orders and customers are replicated
  postgresql_publication:
    db: acme
    name: sales
    tables: [orders, crm.customers]
    parameters:
      publish: insert,update
`,
  queries: (a) => ({
    now: ask(a, a.db, {
      publication: `SELECT p.*, pg_get_userbyid(p.pubowner) AS owner FROM pg_publication p WHERE p.pubname = ${literal(a.name)}`,
      tables: `SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ${literal(a.name)}`,
    }),
  }),
  report: (_, { now }) => (now.rc === 0 ? described(JSON.parse(now.stdout.toString('utf8')) as State) : {}),
  plan: (a, { now }, info) => {
    const parameters = Object.entries(a.parameters ?? {}).map(([k, v]) => `${k} = ${String(v)}`);
    const refused = distrusted(a, [a.name, ...(a.tables ?? []), a.owner, ...parameters]);
    if (refused) return refused;
    const { rows, plan } = told<'publication' | 'tables'>(now, info);
    if (!rows) return plan;
    const statements = publicationStatements(a, rows.publication[0], tablesOf(rows.tables));
    const warnings = idle(a);
    return planStatements({
      ...{ login: a, db: a.db, statements },
      reason: statements.length > 0 ? 'the publication is otherwise' : 'the publication is as wished',
      fields: (queries) => ({ queries, ...(warnings.length > 0 && { warnings }) }),
    });
  },
});
