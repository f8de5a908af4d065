import type { JsonObject } from '../../values/json.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint } from '../program.js';
import { type Account, type AccountWish, identified, limitWords, otherProof, wishedTls } from './account.js';
import {
  type How,
  type Privileges,
  privilegeChanges,
  privilegeStatements,
  wishedPrivileges,
} from './privileges.js';
import { mysqlName, mysqlRun, mysqlText } from './session.js';

/** What is known of a user: its accounts, and the privileges by host. */
export type UserSeen = {
  readonly accounts: readonly Account[];
  readonly grants: ReadonlyMap<string, Privileges>;
};

type Statement = { readonly sql: string; readonly shown: string };
/** Statements in their order, the words for them, and whether the password is one of them. */
type Work = { readonly statements: readonly Statement[]; readonly msg: string; readonly password: boolean };

const open = (sql: string): Statement => ({ sql, shown: sql });

function account(a: AccountWish, host: string): string {
  return `${mysqlText(a.name)}@${mysqlText(host)}`;
}

function howOf(a: AccountWish): How {
  return a.append_privs ? 'append' : a.subtract_privs ? 'subtract' : 'exactly';
}

function created(a: AccountWish, seen: UserSeen): Work {
  const who = account(a, a.host.toLowerCase());
  const same = a.update_password === 'on_new_username' ? seen.accounts[0] : undefined;
  const reused = same && { ...a, password: undefined, plugin: same.plugin, plugin_hash_string: same.secret };
  const proof = identified(reused ?? a);
  const tls = wishedTls(a.tls_requires);
  const more = `${tls ? ` REQUIRE ${tls}` : ''}`;
  const privileges =
    a.priv === undefined || a.subtract_privs
      ? []
      : privilegeChanges(wishedPrivileges(a.priv, true), new Map(), 'append', a.name);
  const limits = limitWords(a.resource_limits, undefined);
  return {
    statements: [
      {
        sql: `CREATE USER ${who}${proof?.sql ?? ''}${more}`,
        shown: `CREATE USER ${who}${proof?.shown ?? ''}${more}`,
      },
      ...privileges.flatMap((p) => privilegeStatements(p, who).map(open)),
      ...(limits ? [open(`ALTER USER ${who} WITH${limits}`)] : []),
    ],
    msg: 'User added',
    password: reused === undefined && Boolean(a.password),
  };
}

function altered(a: AccountWish, now: Account, grants: Privileges): Work {
  const who = account(a, now.host);
  const proof = a.update_password === 'always' && otherProof(a, now) ? identified(a) : undefined;
  const wish = a.priv === undefined ? undefined : wishedPrivileges(a.priv, !a.subtract_privs);
  const privileges = wish ? privilegeChanges(wish, grants, howOf(a), a.name) : [];
  const tls = wishedTls(a.tls_requires);
  const limits = limitWords(a.resource_limits, now);
  const list = (which: 'grant' | 'revoke') =>
    privileges
      .flatMap((p) => p[which])
      .map((p) => `'${p}'`)
      .join(', ');
  const words = [
    ...(proof ? ['Password updated (new style)'] : []),
    ...(privileges.length > 0
      ? [`Privileges updated: granted [${list('grant')}], revoked [${list('revoke')}]`]
      : []),
    ...(tls === now.tls ? [] : ['TLS requires updated']),
  ];
  return {
    statements: [
      ...(proof ? [{ sql: `ALTER USER ${who}${proof.sql}`, shown: `ALTER USER ${who}${proof.shown}` }] : []),
      ...privileges.flatMap((p) => privilegeStatements(p, who).map(open)),
      ...(tls === now.tls ? [] : [open(`ALTER USER ${who} REQUIRE ${tls ?? 'NONE'}`)]),
      ...(limits ? [open(`ALTER USER ${who} WITH${limits}`)] : []),
    ],
    msg: words.at(-1) ?? 'User unchanged',
    password: proof !== undefined,
  };
}

function workOf(a: AccountWish, seen: UserSeen): Work {
  const host = a.host.toLowerCase();
  const meant = a.host_all ? seen.accounts : seen.accounts.filter((one) => one.host === host);
  if (a.state === 'absent') {
    const statements = meant.map((one) => open(`DROP USER ${account(a, one.host)}`));
    return { statements, msg: meant.length > 0 ? 'User deleted' : "User doesn't exist", password: false };
  }
  if (meant.length === 0) return created(a, seen);
  const works = meant.map((one) => altered(a, one, seen.grants.get(one.host) ?? new Map()));
  const told = works.findLast((w) => w.statements.length > 0) ?? works[0]!;
  return {
    statements: works.flatMap((w) => w.statements),
    msg: told.msg,
    password: works.some((w) => w.password),
  };
}

function settings(a: AccountWish): string[] {
  const vars = Object.entries(a.session_vars ?? {}).map(([name, value]) => {
    const text = typeof value === 'number' ? String(value) : mysqlText(String(value));
    return `SET SESSION ${mysqlName(name)} = ${text}`;
  });
  return [...(a.sql_log_bin ? [] : ['SET SQL_LOG_BIN=0']), ...vars];
}

/** Decides what is to be done to an account. Throws a PrivilegeError. */
export function planUser(a: AccountWish, seen: UserSeen): Plan {
  if (a.host_all && a.state === 'present' && seen.accounts.length === 0)
    return failed('host_all parameter cannot be used when adding a user');
  if (a.encrypted && a.password && !/^\*[0-9A-Fa-f]{40}$/.test(a.password))
    return failed(
      'encrypted was specified however it does not appear to be a valid hash expecting: *SHA1(SHA1(your_password))',
    );
  const { statements, msg, password } = workOf(a, seen);
  const result: JsonObject = { user: a.name, msg, password_changed: password };
  if (statements.length === 0) return ok('the user is as wished', result);
  const run = mysqlRun(
    a,
    [...settings(a), ...statements.map((s) => s.sql)],
    a.force_context ? 'mysql' : undefined,
  );
  return change(msg, [run], {
    result,
    diff: [{ prepared: statements.map((s) => `${s.shown};\n`).join('') }],
    explain: (_, outcome) => complaint(outcome),
  });
}
