import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';
import { ask, type Rows, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { ident, literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  name: { type: 'str', required: true, aliases: ['ext'], doc: 'The extension.' },
  db: { type: 'str', required: true, aliases: ['login_db'], doc: 'The database that gets it.' },
  schema: { type: 'str', doc: 'The schema that its objects are put in.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  cascade: { type: 'bool', default: false, doc: 'Install what it needs; drop what needs it.' },
  version: { type: 'str', doc: 'Its version, or latest.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;
type State = 'extension' | 'versions' | 'paths';

/** The statements that lead to what is wished, or why it cannot be. */
function wished(a: Args, rows: Readonly<Record<State, Rows>>): string[] | { failed: string } {
  const current = rows.extension[0]?.extversion;
  const name = ident(a.name);
  if (a.state === 'absent')
    return current === undefined ? [] : [`DROP EXTENSION ${name}${a.cascade ? ' CASCADE' : ''}`];
  if (current !== undefined) return updated(a, String(current), rows);
  const available = rows.versions.map((v) => v.version);
  if (a.version !== undefined && a.version !== 'latest' && !available.includes(a.version))
    return { failed: `Passed version '${a.version}' is not available` };
  if (available.length === 0) return { failed: `Extension ${a.name} is not available` };
  const schema = a.schema ? ` WITH SCHEMA ${ident(a.schema)}` : '';
  const version = a.version === undefined || a.version === 'latest' ? '' : ` VERSION ${literal(a.version)}`;
  return [`CREATE EXTENSION ${name}${schema}${version}${a.cascade ? ' CASCADE' : ''}`];
}

function updated(
  a: Args,
  current: string,
  rows: Readonly<Record<State, Rows>>,
): string[] | { failed: string } {
  if (a.version === undefined || a.version === current) return [];
  const update = `ALTER EXTENSION ${ident(a.name)} UPDATE`;
  if (a.version === 'latest') return current === rows.versions[0]?.latest ? [] : [update];
  if (rows.paths.length > 0) return [`${update} TO ${literal(a.version)}`];
  return {
    failed: `Passed version '${a.version}' has no valid update path from the currently installed version '${current}' or the passed version is not available`,
  };
}

/** Installs, updates and drops extensions. */
export const postgresqlExt = defineModule({
  name: 'postgresql_ext',
  collection: 'community.postgresql',
  summary: 'Installs, updates and drops extensions in a PostgreSQL database.',
  args,
  returns: { queries: 'the statements', query: 'the same', db: 'the database', ext: 'the extension' },
  examples: `
- name: Trigrams
  postgresql_ext:
    name: pg_trgm
    db: acme
`,
  queries: (a) => ({
    now: ask(a, a.db, {
      extension: `SELECT extversion FROM pg_extension WHERE extname = ${literal(a.name)}`,
      versions: `SELECT v.version, e.default_version AS latest FROM pg_available_extension_versions v JOIN pg_available_extensions e USING (name) WHERE name = ${literal(a.name)}`,
      paths: `SELECT p.path FROM pg_extension x, LATERAL pg_extension_update_paths(x.extname) p WHERE x.extname = ${literal(a.name)} AND p.source = x.extversion AND p.target = ${literal(a.version ?? '')} AND p.path IS NOT NULL`,
    }),
  }),
  plan: (a, { now }, info) => {
    const refused = distrusted(a, [a.name, a.schema, a.version]);
    if (refused) return refused;
    const { rows, plan } = told<State>(now, info);
    if (!rows) return plan;
    const statements = wished(a, rows);
    if ('failed' in statements) return failed(statements.failed);
    const fields = (queries: string[]): JsonObject => ({ db: a.db, ext: a.name, queries, query: queries });
    const failure = 'Management of PostgreSQL extension failed: ';
    const reason = statements.length ? 'another state of the extension' : 'the extension is as wished';
    return planStatements({ login: a, db: a.db, statements, fields, failure, reason });
  },
});
