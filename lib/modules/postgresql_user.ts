import { defineModule } from './module.js';
import { ask } from './postgresql/asked.js';
import { planUser } from './postgresql/plan-user.js';
import { roleSelects } from './postgresql/role-state.js';
import { userArgs } from './postgresql/user-args.js';

/** Makes roles that log in, with passwords, attributes, privileges and memberships. */
export const postgresqlUser = defineModule({
  name: 'postgresql_user',
  collection: 'community.postgresql',
  summary: 'Makes, changes and drops roles of a PostgreSQL server.',
  args: userArgs,
  returns: {
    user: 'the role',
    queries: 'the statements, with a mark in the place of the password',
    user_removed: 'whether it was dropped',
  },
  examples: `
- name: The application logs in
  postgresql_user:
    name: app
    password: "{{ app_password }}"
    role_attr_flags: NOSUPERUSER,NOCREATEDB
  become: true
  become_user: postgres
`,
  queries: (a) => ({ now: ask(a, a.db, roleSelects(a.name, a.expires, a.db)) }),
  plan: (a, { now }, info) => planUser(a, now, info),
});
