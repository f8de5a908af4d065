import type { ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, type Plan } from '../plan.js';
import { told } from './asked.js';
import type { Login } from './login.js';
import { column } from './role-state.js';
import { ident } from './sql.js';
import { distrusted, planStatements } from './statements.js';

/** The selects about memberships. */
export const MEMBERSHIPS = {
  roles: 'SELECT rolname FROM pg_roles',
  pairs:
    'SELECT g.rolname AS grp, u.rolname AS member FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member',
};

type Args = Login & {
  readonly db?: string;
  readonly trust_input: boolean;
  readonly groups: readonly string[];
  readonly target_roles: readonly string[];
  readonly state: 'absent' | 'exact' | 'present';
  readonly fail_on_role: boolean;
};
type Pair = readonly [group: string, role: string];

/** Members by their group; `all` groups are named even when nobody is in them. */
function byGroup(pairs: readonly Pair[], all: readonly string[]): JsonObject {
  const names = [...new Set([...all, ...pairs.map(([g]) => g)])];
  return Object.fromEntries(names.map((name) => [name, pairs.filter(([g]) => g === name).map(([, r]) => r)]));
}

/** What has to be granted and revoked for roles to be members of groups. */
export function planMembership(a: Args, now: ReadAnswer, info: PlanInfo): Plan {
  const refused = distrusted(a, [...a.groups, ...a.target_roles]);
  if (refused) return refused;
  const { rows, plan } = told<'roles' | 'pairs'>(now, info);
  if (!rows) return plan;
  const known = column(rows.roles, 'rolname');
  const asked = { groups: a.groups.map((g) => g.trim()), roles: a.target_roles.map((r) => r.trim()) };
  const unknown = [...asked.groups, ...asked.roles].filter((r) => !known.includes(r));
  if (unknown.length && a.fail_on_role)
    return mayComeLater(info)
      ? change('an earlier task may make the role', [])
      : failed(`Role ${unknown[0]} does not exist`);
  const groups = asked.groups.filter((g) => known.includes(g));
  const roles = asked.roles.filter((r) => known.includes(r));
  const has = rows.pairs.map((p) => [String(p.grp), String(p.member)] as const);
  const wished = groups.flatMap((g) => roles.map((r): Pair => [g, r]));
  const isIn = (list: readonly Pair[], [g, r]: Pair) => list.some(([lg, lr]) => lg === g && lr === r);
  const missing = a.state === 'absent' ? [] : wished.filter((p) => !isIn(has, p));
  const others = has.filter((p) => roles.includes(p[1]) && !isIn(wished, p));
  const surplus =
    a.state === 'present' ? [] : a.state === 'exact' ? others : wished.filter((p) => isIn(has, p));
  const statements = [
    ...surplus.map(([g, r]) => `REVOKE ${ident(g)} FROM ${ident(r)}`),
    ...missing.map(([g, r]) => `GRANT ${ident(g)} TO ${ident(r)}`),
  ];
  const named = a.state === 'exact' ? [] : groups;
  const fields = (queries: string[]): JsonObject => ({
    state: a.state,
    groups,
    target_roles: roles,
    queries,
    ...(a.state === 'absent' ? {} : { granted: byGroup(missing, named) }),
    ...(a.state === 'present' ? {} : { revoked: byGroup(surplus, named) }),
    ...(unknown.length ? { warnings: unknown.map((r) => `Role ${r} does not exist, pass`) } : {}),
  });
  const reason = statements.length ? 'other memberships' : 'memberships are as wished';
  return planStatements({ login: a, db: a.db, statements, fields, reason });
}
