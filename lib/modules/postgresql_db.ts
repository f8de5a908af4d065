import { defineModule } from './module.js';
import { dbArgs } from './postgresql/db-args.js';
import { dbQuery, planDb } from './postgresql/plan-db.js';

/** Makes, changes, drops, renames, dumps and restores databases. */
export const postgresqlDb = defineModule({
  name: 'postgresql_db',
  collection: 'community.postgresql',
  summary: 'Makes, drops, dumps and restores databases of a PostgreSQL server.',
  args: dbArgs,
  returns: { db: 'the database', executed_commands: 'the statements, or the command' },
  examples: `
- name: The application has a database
  postgresql_db:
    name: acme
    owner: app
    encoding: UTF8
  become: true
  become_user: postgres
`,
  queries: (a) => ({ now: dbQuery(a) }),
  plan: (a, { now }, info) => planDb(a, now, info),
});
