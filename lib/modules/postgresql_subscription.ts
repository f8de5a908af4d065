import type { JsonObject } from '../values/json.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { ask, type Rows, textOf, told } from './postgresql/asked.js';
import { loginArgs, sessionArgs } from './postgresql/login.js';
import { literal } from './postgresql/sql.js';
import { distrusted, planStatements } from './postgresql/statements.js';
import {
  connectionParts,
  connectionText,
  subscriptionStatements,
  withoutPassword,
} from './postgresql/subscription-statements.js';

const args = {
  ...loginArgs,
  ...sessionArgs,
  name: { type: 'str', required: true, doc: 'The subscription.' },
  db: { type: 'str', required: true, aliases: ['login_db'], doc: 'Its database.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present', 'refresh'],
    doc: 'Whether it is there; refresh takes up tables that its publications have got.',
  },
  owner: { type: 'str', doc: 'The role that owns it.' },
  publications: { type: 'list', elements: 'str', doc: 'The publications of the publisher.' },
  connparams: { type: 'dict', doc: 'How the publisher is reached: parameters of libpq.' },
  cascade: { type: 'bool', default: false, doc: 'Drop what depends on it as well.' },
  subsparams: {
    type: 'dict',
    doc: 'Its parameters; of one that is there enabled, slot_name and synchronous_commit can change.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

const CHANGEABLE = ['enabled', 'synchronous_commit', 'slot_name'];

/** What is told of a subscription; its connection's password is not. */
function described(row: JsonObject | undefined): JsonObject {
  if (!row) return {};
  return {
    owner: row.owner ?? null,
    enabled: row.subenabled ?? null,
    synccommit: row.subsynccommit !== 'off',
    conninfo: withoutPassword(connectionParts(textOf(row.subconninfo))),
    slotname: row.subslotname ?? null,
    publications: row.subpublications ?? [],
  };
}

/** Warnings about arguments that have no effect. */
function idle(a: Args, there: boolean): string[] {
  const given = (['owner', 'publications', 'connparams', 'subsparams'] as const).filter(
    (name) => a[name] !== undefined && a.state !== 'present',
  );
  const fixed = there && a.state === 'present' ? Object.keys(a.subsparams ?? {}) : [];
  return [
    ...(a.state === 'present' && a.cascade
      ? ['parameter "cascade" is ignored when state is not absent']
      : []),
    ...given.map((name) => `parameter '${name}' is ignored when state is not 'present'`),
    ...fixed
      .filter((name) => !CHANGEABLE.includes(name))
      .map(
        (name) =>
          `Parameter '${name}' is not in params supported for update '${CHANGEABLE.join(', ')}', ignored...`,
      ),
  ];
}

/** Makes, changes, refreshes and drops subscriptions of logical replication. */
export const postgresqlSubscription = defineModule({
  name: 'postgresql_subscription',
  collection: 'community.postgresql',
  summary: 'Makes, changes, refreshes and drops subscriptions of a PostgreSQL database.',
  args,
  returns: {
    ...{ name: 'the subscription', exists: 'whether it is there now', queries: 'the statements' },
    ...{ initial_state: 'what it was', final_state: 'what it is now' },
  },
  examples: `
- name: Sales come from the other site
  postgresql_subscription:
    db: acme
    name: sales
    publications: sales
    connparams:
      host: db.example.org
      dbname: acme
      user: replication
      password: "{{ replication_password }}"
`,
  queries: (a) => ({
    now: ask(a, a.db, {
      subscription: `SELECT s.subenabled, s.subconninfo, s.subslotname, s.subsynccommit, s.subpublications, pg_get_userbyid(s.subowner) AS owner FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE s.subname = ${literal(a.name)} AND d.datname = current_database()`,
    }),
  }),
  report: (_, { now }) => {
    if (now.rc !== 0) return {};
    const [row] = (JSON.parse(now.stdout.toString('utf8')) as { subscription: Rows }).subscription;
    return { exists: row !== undefined, final_state: described(row) };
  },
  plan: (a, { now }, info) => {
    const texts = [connectionText(a.connparams ?? {}), connectionText(a.subsparams ?? {})];
    const refused = distrusted(a, [a.name, ...(a.publications ?? []), a.owner, ...texts]);
    if (refused) return refused;
    const { rows, plan } = told<'subscription'>(now, info);
    if (!rows) return plan;
    const found = rows.subscription[0];
    if (!found && a.state === 'refresh')
      return mayComeLater(info)
        ? change('an earlier task may make the subscription', [])
        : failed(`Refresh failed: subscription '${a.name}' does not exist`);
    if (!found && a.state === 'present' && !(a.publications?.length && a.connparams))
      return failed(`A new subscription needs publications and connparams: ${a.name}`);
    const statements = subscriptionStatements(a, found);
    const warnings = idle(a, found !== undefined);
    const initial_state = described(found);
    return planStatements({
      // Slots can be neither made nor dropped within a transaction.
      ...{ login: a, db: a.db, statements, single: true },
      reason: statements.length > 0 ? 'the subscription is otherwise' : 'the subscription is as wished',
      fields: (queries) => ({
        name: a.name,
        queries,
        initial_state,
        ...(warnings.length > 0 && { warnings }),
      }),
    });
  },
});
