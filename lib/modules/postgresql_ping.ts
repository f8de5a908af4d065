import { defineModule } from './module.js';
import { ok } from './plan.js';
import { ask, sqlError, textOf, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { serverVersion } from './postgresql/server-version.js';
import { distrusted } from './postgresql/statements.js';
import { without } from './program.js';

/** Says whether a server of PostgreSQL answers, and which it is. */
export const postgresqlPing = defineModule({
  name: 'postgresql_ping',
  collection: 'community.postgresql',
  summary: 'Tells whether a PostgreSQL server answers.',
  args: {
    ...loginArgs,
    ...sessionArgs,
    db: { type: 'str', aliases: ['login_db'], doc: 'The database to connect to.' },
  },
  tells: true,
  returns: {
    is_available: 'whether a connection was made',
    server_version: 'major, minor, patch, full and raw of its version',
    conn_err_msg: 'why there was no connection',
  },
  examples: `
- name: The database answers
  postgresql_ping:
  become: true
  become_user: postgres
  register: pg
`,
  queries: (a) => ({ version: ask(a, a.db, { version: 'SELECT version() AS raw' }) }),
  plan: (a, { version }, info) => {
    const refused = distrusted(a, []) ?? without('psql', 'postgresql-client', version, info);
    if (refused) return refused;
    if (version.rc !== 0) {
      const why = sqlError(version).replace(/^unable to connect to database: /, '');
      return ok('no answer', { is_available: false, server_version: {}, conn_err_msg: why });
    }
    const raw = textOf(told<'version'>(version, info).rows?.version[0]?.raw);
    return ok('it answers', { is_available: true, server_version: serverVersion(raw), conn_err_msg: '' });
  },
});
