import type { ReadAnswer } from '../../node/queries/query.js';
import type { PlanInfo } from '../module.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { type Rows, textOf, told } from './asked.js';
import { differs, isVerifier, md5Verifier, scramVerifier } from './password.js';
import { type Privileges, parsePrivileges, privilegeStatements } from './role-privileges.js';
import { column, FLAG_COLUMNS, type RoleState } from './role-state.js';
import { ident, literal } from './sql.js';
import { distrusted, planStatements, type Statement, sqlAction } from './statements.js';
import type { UserArgs } from './user-args.js';

/** The first version whose servers keep no plain passwords. */
const ONLY_ENCRYPTED = 100000;

/** How psql ends when a statement fails. */
const REFUSED = 3;

type State = Readonly<Record<RoleState, Rows>>;
type Wish = {
  readonly a: UserArgs;
  readonly state: State;
  readonly flags: readonly string[];
  readonly privs: readonly Privileges[];
};

function parseFlags(text: string): { flags: string[] } | { failed: string } {
  const flags = [...new Set(text.split(',').map((f) => f.trim().toUpperCase()))].filter(Boolean);
  const bad = flags.filter((f) => !(f.replace(/^NO/, '') in FLAG_COLUMNS));
  return bad.length ? { failed: `Invalid role_attr_flags specified: ${bad.join(' ')}` } : { flags };
}

/** PASSWORD and what the server is to keep: a plain password never shows in its log. */
function passwordWords(a: UserArgs, state: State): { sql: string; shown: string } {
  const password = a.password!;
  const server = state.server[0]!;
  const crypt = a.encrypted ? 'ENCRYPTED' : 'UNENCRYPTED';
  const shown = `WITH ${crypt} PASSWORD %(password)s`;
  if (isVerifier(password)) return { sql: `WITH PASSWORD ${literal(password)}`, shown };
  if (!a.encrypted && Number(server.version) < ONLY_ENCRYPTED)
    return { sql: `WITH UNENCRYPTED PASSWORD ${literal(password)}`, shown };
  const verifier =
    server.encryption === 'scram-sha-256'
      ? scramVerifier(password, undefined, Number(server.iterations ?? 4096))
      : md5Verifier(password, a.name);
  return { sql: `WITH PASSWORD ${literal(verifier)}`, shown };
}

function statement(words: readonly (string | { sql: string; shown: string } | undefined)[]): Statement {
  const given = words.filter((w) => w !== undefined && w !== '');
  const side = (k: 'sql' | 'shown') => given.map((w) => (typeof w === 'string' ? w : w![k])).join(' ');
  return { sql: side('sql'), shown: side('shown') };
}

function limits(a: UserArgs): (string | { sql: string; shown: string } | undefined)[] {
  const until = a.expires === undefined ? undefined : `VALID UNTIL ${literal(a.expires)}`;
  return [
    until && { sql: until, shown: 'VALID UNTIL %(expires)s' },
    a.conn_limit === undefined ? undefined : `CONNECTION LIMIT ${a.conn_limit}`,
  ];
}

function creation({ a, state, flags }: Wish): Statement {
  const secret = a.password ? passwordWords(a, state) : undefined;
  return statement([`CREATE USER ${ident(a.name)}`, secret, ...limits(a), flags.join(' ')]);
}

function alteration({ a, state, flags }: Wish): Statement[] {
  const role = state.role[0]!;
  const flagsDiffer = flags.some((f) => {
    const on = f in FLAG_COLUMNS;
    return role[FLAG_COLUMNS[on ? f : f.slice(2)]!] !== on;
  });
  const alter = `ALTER USER ${ident(a.name)}`;
  const attributes = flags.length ? `WITH ${flags.join(' ')}` : undefined;
  if (a.no_password_changes) return flagsDiffer ? [statement([alter, attributes])] : [];
  const stored = state.stored[0]?.password ?? null;
  const secret = a.password !== undefined && (stored === null || differs(a.password, a.name, String(stored)));
  const limited = a.conn_limit !== undefined && a.conn_limit !== role.rolconnlimit;
  if (!secret && !flagsDiffer && role.same_until !== false && !limited) return [];
  const start = secret
    ? [a.password === '' ? 'WITH PASSWORD NULL' : passwordWords(a, state), flags.join(' ')]
    : [attributes];
  return [statement([alter, ...start, ...limits(a)])];
}

function presence(wish: Wish): Statement[] | { failed: string } {
  const { a, state } = wish;
  const isPublic = a.name === 'PUBLIC';
  if (isPublic && a.password !== undefined) return { failed: 'cannot change the password for PUBLIC user' };
  if (isPublic && wish.flags.length) return { failed: 'cannot change the role_attr_flags for PUBLIC user' };
  const known = column(state.roles, 'rolname');
  const groups = (a.groups ?? []).map((g) => g.trim());
  const unknown = groups.find((g) => !known.includes(g));
  if (unknown !== undefined) return { failed: `Role ${unknown} does not exist` };
  const joined = column(state.memberof, 'rolname');
  const found = state.role[0];
  const comment =
    a.comment !== undefined && a.comment !== textOf(found?.comment)
      ? [`COMMENT ON ROLE ${ident(a.name)} IS ${literal(a.comment).trim()}`]
      : [];
  const role = isPublic ? [] : found ? alteration(wish) : [creation(wish)];
  return [
    ...role,
    ...privilegeStatements(true, a.name, wish.privs, state),
    ...groups.filter((g) => !joined.includes(g)).map((g) => `GRANT ${ident(g)} TO ${ident(a.name)}`),
    ...comment,
  ];
}

function absence({ a, state, privs }: Wish): Plan {
  if (!state.role[0]) return ok('there is no such role', { user: a.name, queries: [] });
  const revoked = privilegeStatements(false, a.name, privs, state);
  const statements = [...revoked, `DROP USER ${ident(a.name)}`];
  const wish = { login: a, db: a.db, statements, single: !a.fail_on_user };
  const fields = (queries: string[]) => ({ user: a.name, user_removed: true, queries });
  const failure = 'Unable to remove user: ';
  const plan = planStatements({ ...wish, reason: 'the role goes away', fields, failure });
  if (a.fail_on_user || plan.kind !== 'change') return plan;
  return change(plan.reason, [{ ...sqlAction(wish), ok: [0, REFUSED] }], {
    result: plan.result,
    diff: plan.diff,
    after: ([outcome]) => (outcome?.rc === 0 ? {} : { user_removed: false, changed: revoked.length > 0 }),
  });
}

/** What has to be done for a role to be as wished. */
export function planUser(a: UserArgs, now: ReadAnswer, info: PlanInfo): Plan {
  const refused = distrusted(a, [
    a.name,
    a.priv,
    a.expires,
    a.role_attr_flags,
    ...(a.groups ?? []),
    a.comment,
  ]);
  if (refused) return refused;
  if (a.priv !== undefined && a.db === '') return failed('privileges require a database to be specified');
  const flags = parseFlags(a.role_attr_flags);
  if ('failed' in flags) return failed(flags.failed);
  const privs = a.priv === undefined ? [] : parsePrivileges(a.priv, a.db);
  if ('failed' in privs) return failed(privs.failed);
  const { rows, plan } = told<RoleState>(now, info);
  if (!rows) return plan;
  const wish = { a, state: rows, flags: flags.flags, privs };
  if (a.state === 'absent') return absence(wish);
  const statements = presence(wish);
  if ('failed' in statements) return failed(statements.failed);
  const fields = (queries: string[]) => ({ user: a.name, queries });
  const reason =
    statements.length === 0
      ? 'the role is as wished'
      : rows.role[0]
        ? 'other attributes of the role'
        : 'a new role';
  const failure = rows.role[0] ? '' : 'Unable to add user with given requirement due to : ';
  return planStatements({ login: a, db: a.db, statements, fields, reason, failure });
}
