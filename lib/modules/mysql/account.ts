import { createHash } from 'node:crypto';
import type { JsonObject } from '../../values/json.js';
import type { ArgsOf } from '../args.js';
import { mysqlText } from './session.js';
import type { mysqlUserArgs } from './user-args.js';

/** What a task wishes of an account. */
export type AccountWish = ArgsOf<typeof mysqlUserArgs>;

/** One account of the server, that is a name with a host, as mysql.user has it. */
export type Account = {
  readonly host: string;
  readonly plugin: string;
  readonly secret: string;
  readonly tls: string | undefined;
  readonly limits: Readonly<Record<string, number>>;
};

/** Limits by Ansible's names, and their columns. */
export const LIMITS: Readonly<Record<string, string>> = {
  MAX_QUERIES_PER_HOUR: 'max_questions',
  MAX_UPDATES_PER_HOUR: 'max_updates',
  MAX_CONNECTIONS_PER_HOUR: 'max_connections',
  MAX_USER_CONNECTIONS: 'max_user_connections',
};

/** The select that gives the accounts of a name. */
export function accountsSelect(name: string): string {
  const columns = [
    'Host',
    'plugin',
    "COALESCE(authentication_string, '')",
    'ssl_type',
    'ssl_cipher',
    'x509_issuer',
  ];
  const all = [...columns, 'x509_subject', ...Object.values(LIMITS)].join(', ');
  return `SELECT ${all} FROM mysql.user WHERE User = ${mysqlText(name)} ORDER BY Host;\n`;
}

function special(cipher: string, issuer: string, subject: string): string {
  const parts = [
    ['CIPHER', cipher],
    ['ISSUER', issuer],
    ['SUBJECT', subject],
  ] as const;
  return parts.flatMap(([word, value]) => (value ? [`${word} ${mysqlText(value)}`] : [])).join(' AND ');
}

/** Reads a row of that select. */
export function readAccount(row: readonly string[]): Account {
  const [host = '', plugin = '', secret = '', type = '', cipher = '', issuer = '', subject = '', ...limits] =
    row;
  const tls = { '': undefined, ANY: 'SSL', X509: 'X509' }[type];
  return {
    host,
    plugin,
    secret,
    tls: type === 'SPECIFIED' ? special(cipher, issuer, subject) : tls,
    limits: Object.fromEntries(Object.keys(LIMITS).map((name, i) => [name, Number(limits[i])])),
  };
}

/** What a connection of the account must prove; undefined for nothing. */
export function wishedTls(requires: JsonObject | undefined): string | undefined {
  const wish = new Map(Object.entries(requires ?? {}).map(([k, v]) => [k.toUpperCase(), String(v)]));
  const parts = special(wish.get('CIPHER') ?? '', wish.get('ISSUER') ?? '', wish.get('SUBJECT') ?? '');
  if (parts) return parts;
  return wish.has('X509') ? 'X509' : wish.has('SSL') ? 'SSL' : undefined;
}

/** The hash of mysql_native_password, as the server keeps it. */
export function nativeHash(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

/** How the account proves who it is, as SQL has it; undefined when that is not told. `shown` has no secret in it. */
export function identified(a: AccountWish): { readonly sql: string; readonly shown: string } | undefined {
  const by = (plugin: string, rest = '') => ({
    sql: ` IDENTIFIED WITH ${plugin}${rest}`,
    shown: ` IDENTIFIED WITH ${plugin}${rest && ' AS ...'}`,
  });
  if (a.password)
    return by('mysql_native_password', ` AS ${mysqlText(a.encrypted ? a.password : nativeHash(a.password))}`);
  if (!a.plugin) return undefined;
  if (a.plugin_hash_string) return by(a.plugin, ` AS ${mysqlText(a.plugin_hash_string)}`);
  if (!a.plugin_auth_string) return by(a.plugin);
  return by(a.plugin, ` ${a.plugin === 'pam' ? 'USING' : 'BY'} ${mysqlText(a.plugin_auth_string)}`);
}

/** Whether the account proves otherwise who it is. */
export function otherProof(a: AccountWish, now: Account): boolean {
  if (a.password) return now.secret !== (a.encrypted ? a.password : nativeHash(a.password));
  if (!a.plugin) return false;
  const secrets = [a.plugin_hash_string, a.plugin_auth_string].filter((s) => s !== undefined && s !== '');
  return now.plugin !== a.plugin || secrets.some((secret) => secret !== now.secret);
}

/** The limits that differ, as SQL has them. */
export function limitWords(wish: JsonObject | undefined, now: Account | undefined): string {
  const differing = Object.entries(wish ?? {}).filter(
    ([name, value]) => now?.limits[name.toUpperCase()] !== Number(value),
  );
  return differing.map(([name, value]) => ` ${name.toUpperCase()} ${Number(value)}`).join('');
}
