import type { PrivsArgs } from './privs-args.js';
import { ident, qualified } from './sql.js';

const PRIVILEGES = [
  ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'CREATE'],
  ...['CONNECT', 'TEMPORARY', 'TEMP', 'EXECUTE', 'USAGE', 'ALL'],
];

const DEFAULT_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  TABLES: ['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
  SEQUENCES: ['ALL', 'SELECT', 'UPDATE', 'USAGE'],
  FUNCTIONS: ['ALL', 'EXECUTE'],
  TYPES: ['ALL', 'USAGE'],
  SCHEMAS: ['ALL', 'CREATE', 'USAGE'],
};
const WHOLE = ['table', 'sequence', 'function', 'procedure'];
const WITH_SCHEMA = [...WHOLE, 'type', 'default_privs'];

/** What is to be granted or revoked: checked, and with the schema that counts. */
export type Grant = {
  readonly privs: readonly string[];
  readonly objs: readonly string[];
  readonly whole: boolean;
  readonly schema?: string;
};

const words = (text: string) => text.split(',').map((w) => w.trim());

function badArguments(a: PrivsArgs): string | undefined {
  if (a.password && a.login_password)
    return 'Use the "password" or "login_password" option but not both to pass a password to log in with.';
  if (a.schema && !WITH_SCHEMA.includes(a.type))
    return `Argument "schema" is not allowed for type "${a.type}".`;
  if (a.objs === 'ALL_IN_SCHEMA' && !WHOLE.includes(a.type))
    return `Argument "objs": ALL_IN_SCHEMA can be used only for type: table, sequence, function or procedure, ${a.type} was passed.`;
  if (!a.objs && a.type !== 'database') return `Argument "objs" is required for type "${a.type}".`;
  if (a.type === 'group' && a.privs) return 'Argument "privs" is not allowed for type "group".';
  if (a.type !== 'group' && !a.privs) return `Argument "privs" is required for type "${a.type}".`;
  const unknown = words(a.privs?.toUpperCase() ?? 'ALL').filter((p) => !PRIVILEGES.includes(p));
  return unknown.length ? `Invalid privileges specified: ${unknown.join(', ')}` : undefined;
}

function defaultObjects(a: PrivsArgs, privs: readonly string[]): string[] | { failed: string } {
  const all = Object.keys(DEFAULT_OBJECTS);
  const objs = a.objs === 'ALL_DEFAULT' ? all.filter((o) => o !== 'SCHEMAS') : words(a.objs!.toUpperCase());
  const unknown = objs.filter((o) => !all.includes(o));
  if (unknown.length) return { failed: `Invalid Object set specified: ${unknown.join(', ')}` };
  const wrong = objs.filter((o) => !privs.every((p) => DEFAULT_OBJECTS[o]!.includes(p)));
  if (wrong.length === 0) return objs;
  const fit = objs.filter((o) => !wrong.includes(o));
  return {
    failed: `Invalid priv specified. Valid object for priv: ${fit.join(', ') || 'none'}. Objects: ${objs.join(', ')}`,
  };
}

/** The arguments as a grant, or what is wrong with them. */
export function parseGrant(a: PrivsArgs): Grant | { readonly failed: string } {
  const bad = badArguments(a);
  if (bad !== undefined) return { failed: bad };
  const privs = a.privs ? [...new Set(words(a.privs.toUpperCase()))] : [];
  const anywhere = a.objs === 'schemas' || a.schema === 'not-specified';
  const schema = WITH_SCHEMA.includes(a.type) && !anywhere ? a.schema || 'public' : undefined;
  const rest = { privs, whole: a.objs === 'ALL_IN_SCHEMA', schema };
  if (a.type === 'default_privs') {
    const objs = defaultObjects(a, privs);
    return 'failed' in objs ? objs : { ...rest, objs };
  }
  const objs = a.type === 'database' ? a.objs || a.database : a.objs!;
  return { ...rest, objs: objs.split(',').map((o) => o.trim()) };
}

function objectName(a: PrivsArgs, obj: string, schema: string | undefined): string {
  const [, name, rest] = /^([^(]*)(.*)$/s.exec(obj)!;
  if (a.type === 'function' || a.type === 'procedure')
    return `${schema ? `${ident(schema)}.` : ''}${ident(name!)}${rest!.replace(/:/g, ',')}`;
  if (schema !== undefined) return `${ident(schema)}.${ident(obj)}`;
  return WITH_SCHEMA.includes(a.type) ? qualified(obj) : ident(obj);
}

/** What stands between GRANT and TO. */
function what(a: PrivsArgs, grant: Grant): string {
  const { privs, objs, whole, schema } = grant;
  if (a.type === 'group') return objs.map(ident).join(',');
  if (whole)
    return `${privs.join(',')} ON ALL ${a.type.toUpperCase()}S IN SCHEMA ${ident(schema ?? 'public')}`;
  return `${privs.join(',')} ON ${a.type.replaceAll('_', ' ')} ${objs.map((o) => objectName(a, o, schema)).join(',')}`;
}

function defaultStatements(a: PrivsArgs, grant: Grant, whom: string): string[] {
  const role = a.target_roles ? ` FOR ROLE ${words(a.target_roles).map(ident).join(',')}` : '';
  const alter = `ALTER DEFAULT PRIVILEGES${role}${grant.schema ? ` IN SCHEMA ${ident(grant.schema)}` : ''}`;
  if (a.state === 'absent')
    return [...new Set(['TABLES', 'SEQUENCES', 'TYPES', ...grant.objs])].map(
      (o) => `${alter} REVOKE ALL ON ${o} FROM ${whom}`,
    );
  const option = a.grant_option ? ' WITH GRANT OPTION' : '';
  const types = a.usage_on_types ? [`${alter} GRANT USAGE ON TYPES TO ${whom}${option}`] : [];
  return [
    ...grant.objs.map((o) => `${alter} REVOKE ALL ON ${o} FROM ${whom}`),
    ...grant.objs.map((o) => `${alter} GRANT ${grant.privs.join(',')} ON ${o} TO ${whom}${option}`),
    ...types,
  ];
}

/** The statements of a grant to roles, or of its revocation; `roles` is PUBLIC or names. */
export function grantStatements(a: PrivsArgs, grant: Grant, roles: 'PUBLIC' | readonly string[]): string[] {
  const whom = roles === 'PUBLIC' ? roles : roles.map(ident).join(',');
  if (a.type === 'default_privs') return defaultStatements(a, grant, whom);
  const set = what(a, grant);
  if (a.state === 'absent') return [`REVOKE ${set} FROM ${whom}`];
  const kind = a.type === 'group' ? 'ADMIN' : 'GRANT';
  const option = a.grant_option ? ` WITH ${kind} OPTION` : '';
  const back = a.grant_option === false ? [`REVOKE ${kind} OPTION FOR ${set} FROM ${whom}`] : [];
  return [`GRANT ${set} TO ${whom}${option}`, ...back];
}

/** The roles that are named. */
export function rolesOf(a: PrivsArgs): 'PUBLIC' | string[] {
  return a.roles.toUpperCase() === 'PUBLIC' ? 'PUBLIC' : words(a.roles);
}
