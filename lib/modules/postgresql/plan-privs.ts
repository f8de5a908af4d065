import { type ReadAnswer, type ReadQuery, read } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { printed, without } from '../program.js';
import { setRole, sqlError } from './asked.js';
import { type Login, psqlCall } from './login.js';
import type { PrivsArgs } from './privs-args.js';
import { countIn, STATUS } from './privs-state.js';
import { type Grant, grantStatements, parseGrant, rolesOf } from './privs-statements.js';
import { distrusted, planStatements } from './statements.js';

/** As whom to log in: `password` is another name of the password. */
function loginOf(a: PrivsArgs): Login {
  return { ...a, login_password: a.login_password || a.password };
}

/**
 * Grants in a transaction that is rolled back, with the privileges before and after: only the server knows what a grant
 * changes, of defaults, columns and options. The first line tells which roles there are.
 */
export function rehearsal(a: PrivsArgs, roles: 'PUBLIC' | readonly string[]): ReadQuery | undefined {
  const grant = parseGrant(a);
  if ('failed' in grant) return undefined;
  const count = grant.whole && grant.schema ? `(${countIn(a.type, grant.schema)})` : 'NULL';
  const facts = `SELECT json_build_object('roles', (SELECT json_agg(rolname) FROM pg_roles), 'count', ${count});\n`;
  const status = `SELECT md5(coalesce((${STATUS[a.type]}), ''));\n`;
  const statements = grantStatements(a, grant, roles).map((s) => `${s};\n`);
  const { argv, stdin } = psqlCall(
    loginOf(a),
    a.database,
    `${setRole(a)}${facts}BEGIN;\n${status}${statements.join('')}${status}ROLLBACK;\n`,
  );
  return read(argv, stdin);
}

type Seen = { readonly known: readonly string[]; readonly count?: number; readonly differs?: boolean };

function seen(answer: ReadAnswer): Seen | undefined {
  const [facts, before, after] = printed(answer).split('\n');
  if (!facts?.startsWith('{')) return undefined;
  const { roles, count } = JSON.parse(facts) as { roles: string[]; count: number | null };
  return { known: roles, count: count ?? undefined, differs: answer.rc === 0 ? before !== after : undefined };
}

/** The roles that are there, when some are not and may be left out. */
export function remaining(a: PrivsArgs, answer: ReadAnswer): string[] | undefined {
  const roles = rolesOf(a);
  const known = seen(answer)?.known;
  if (roles === 'PUBLIC' || a.fail_on_role || known === undefined) return undefined;
  const there = roles.filter((r) => known.includes(r));
  return there.length === roles.length || there.length === 0 ? undefined : there;
}

function planGrant(a: PrivsArgs, grant: Grant, answer: ReadAnswer, warnings: readonly string[]): Plan {
  const found = seen(answer)!;
  const roles = rolesOf(a);
  const there = roles === 'PUBLIC' ? roles : roles.filter((r) => found.known.includes(r));
  const statements = grantStatements(a, grant, there);
  const fields = (queries: readonly string[]): JsonObject => ({
    queries: [queries.map((q) => `${q};`).join('\n')],
    ...(warnings.length ? { warnings: [...warnings] } : {}),
  });
  if (!found.differs) return ok('privileges are as wished', fields(statements));
  return planStatements({
    login: loginOf(a),
    db: a.database,
    statements,
    fields,
    reason: 'other privileges',
  });
}

/** What has to be granted or revoked, from what a rehearsal showed. */
export function planPrivs(
  a: PrivsArgs,
  first: ReadAnswer | undefined,
  again: ReadAnswer | undefined,
  info: PlanInfo,
): Plan {
  const refused = distrusted(a, [a.roles, a.target_roles, a.schema]);
  if (refused) return refused;
  const grant = parseGrant(a);
  if ('failed' in grant) return failed(grant.failed);
  const lacks = without('psql', 'postgresql-client', first!, info);
  if (lacks) return lacks;
  const answer = again ?? first!;
  const found = seen(first!);
  const roles = rolesOf(a);
  const absent = found && roles !== 'PUBLIC' ? roles.filter((r) => !found.known.includes(r)) : [];
  const later = () => change('an earlier task may make it possible', []);
  if (found && grant.whole && found.count === 0)
    return ok('the schema holds no such object', { queries: [] });
  if (absent.length && a.fail_on_role)
    return mayComeLater(info) ? later() : failed(`Role '${absent[0]}' does not exist`);
  if (absent.length && absent.length === roles.length)
    return ok('there is no such role', {
      queries: [],
      warnings: [`Role '${absent[0]}' does not exist, nothing to do`],
    });
  if (answer.rc !== 0) return mayComeLater(info) ? later() : failed(sqlError(answer));
  const warnings = absent.map((r) => `Role '${r}' does not exist, pass it`);
  if (a.target_roles && a.type !== 'default_privs')
    warnings.push(
      '"target_roles" will be ignored Argument "type: default_privs" is required for usage of "target_roles".',
    );
  return planGrant(a, grant, answer, warnings);
}
