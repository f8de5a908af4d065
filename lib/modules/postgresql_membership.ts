import { defineModule } from './module.js';
import { ask } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { MEMBERSHIPS, planMembership } from './postgresql/plan-membership.js';

/** Makes roles members of others, and ends that. */
export const postgresqlMembership = defineModule({
  name: 'postgresql_membership',
  collection: 'community.postgresql',
  summary: 'Makes PostgreSQL roles members of groups.',
  args: {
    ...loginArgs,
    ...sessionArgs,
    db: { type: 'str', aliases: ['login_db'], doc: 'The database to connect to.' },
    groups: {
      type: 'list',
      elements: 'str',
      required: true,
      aliases: ['group', 'source_role', 'source_roles'],
      doc: 'The groups.',
    },
    target_roles: {
      type: 'list',
      elements: 'str',
      required: true,
      aliases: ['target_role', 'users', 'user'],
      doc: 'The roles that are members.',
    },
    fail_on_role: {
      type: 'bool',
      default: true,
      doc: 'Fail on roles that do not exist; else they are left out.',
    },
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'exact', 'present'],
      doc: 'Whether they are members; exact: and of no other group.',
    },
  },
  returns: {
    state: 'what is wished',
    groups: 'the groups that there are',
    target_roles: 'the roles that there are',
    granted: 'new members by group',
    revoked: 'former members by group',
    queries: 'the statements',
  },
  examples: `
- name: Alice reads
  postgresql_membership:
    groups: readers
    target_roles: alice
`,
  queries: (a) => ({ now: ask(a, a.db, MEMBERSHIPS) }),
  plan: (a, { now }, info) => planMembership(a, now, info),
});
