import { defineModule } from './module.js';
import { ask, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { ident, literal, qualified } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';

/** Makes schemas, gives them owners, and drops them. */
export const postgresqlSchema = defineModule({
  name: 'postgresql_schema',
  collection: 'community.postgresql',
  summary: 'Makes and drops schemas of a PostgreSQL database.',
  args: {
    ...loginArgs,
    ...sessionArgs,
    name: { type: 'str', required: true, aliases: ['schema'], doc: 'The schema.' },
    database: { type: 'str', default: 'postgres', aliases: ['db', 'login_db'], doc: 'Its database.' },
    owner: { type: 'str', default: '', doc: 'The role that owns it.' },
    cascade_drop: { type: 'bool', default: false, doc: 'Drop what is in it as well.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  },
  returns: { schema: 'its name', queries: 'the statements' },
  examples: `
- name: The application has a schema of its own
  postgresql_schema:
    name: app
    database: acme
    owner: app
`,
  queries: (a) => ({
    now: ask(a, a.database, {
      schema: `SELECT pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE nspname = ${literal(a.name)}`,
    }),
  }),
  plan: (a, { now }, info) => {
    const refused = distrusted(a, [a.name, a.owner]);
    if (refused) return refused;
    const { rows, plan } = told<'schema'>(now, info);
    if (!rows) return plan;
    const found = rows.schema[0];
    const name = qualified(a.name);
    const wish = { login: a, db: a.database, failure: 'Database query failed: ' };
    const fields = (queries: string[]) => ({ schema: a.name, queries });
    if (a.state === 'absent') {
      const drop = `DROP SCHEMA ${name}${a.cascade_drop ? ' CASCADE' : ''}`;
      const reason = found ? 'the schema goes away' : 'there is no such schema';
      return planStatements({ ...wish, fields, reason, statements: found ? [drop] : [] });
    }
    const authorization = a.owner ? ` AUTHORIZATION ${ident(a.owner)}` : '';
    if (!found)
      return planStatements({
        ...wish,
        fields,
        reason: 'a new schema',
        statements: [`CREATE SCHEMA ${name}${authorization}`],
      });
    if (!a.owner || a.owner === found.owner)
      return planStatements({ ...wish, fields, reason: 'the schema is as wished', statements: [] });
    const alter = `ALTER SCHEMA ${name} OWNER TO ${ident(a.owner)}`;
    return planStatements({ ...wish, fields, reason: 'another owner', statements: [alter] });
  },
});
