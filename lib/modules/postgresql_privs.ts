import { defineModule } from './module.js';
import { planPrivs, rehearsal, remaining } from './postgresql/plan-privs.js';
import { privsArgs } from './postgresql/privs-args.js';
import { rolesOf } from './postgresql/privs-statements.js';

/** Grants privileges and memberships, and takes them away. */
export const postgresqlPrivs = defineModule({
  name: 'postgresql_privs',
  collection: 'community.postgresql',
  summary: 'Grants and revokes privileges on the objects of a PostgreSQL database.',
  args: privsArgs,
  returns: { queries: 'the statements' },
  examples: `
- name: Readers may read all tables
  postgresql_privs:
    database: acme
    privs: SELECT
    objs: ALL_IN_SCHEMA
    schema: public
    roles: readers
`,
  queries: (a) => ({ rehearsed: rehearsal(a, rolesOf(a)) }),
  more: (a, { rehearsed }) => {
    const there = rehearsed && remaining(a, rehearsed);
    return there && { again: rehearsal(a, there) };
  },
  plan: (a, { rehearsed, again }, info) => planPrivs(a, rehearsed, again, info),
});
