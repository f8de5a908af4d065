import type { JsonObject } from '../../values/json.js';
import type { ArgSpec } from '../args.js';

/** The arguments of every module that logs in to PostgreSQL. */
export const loginArgs = {
  login_user: { type: 'str', default: 'postgres', aliases: ['login'], doc: 'The role that logs in.' },
  login_password: { type: 'str', default: '', noLog: true, doc: 'Its password; none for peer and trust.' },
  login_host: {
    type: 'str',
    default: '',
    aliases: ['host'],
    doc: 'The server; the local socket when empty.',
  },
  login_unix_socket: {
    type: 'str',
    default: '',
    aliases: ['unix_socket'],
    doc: 'The folder of the socket, where it is not the usual one.',
  },
  port: { type: 'int', default: 5432, aliases: ['login_port'], doc: 'The port of the server.' },
  ssl_mode: {
    type: 'str',
    default: 'prefer',
    choices: ['allow', 'disable', 'prefer', 'require', 'verify-ca', 'verify-full'],
    doc: 'How much TLS has to prove.',
  },
  ca_cert: {
    type: 'str',
    aliases: ['ssl_rootcert'],
    doc: "File of the authority of the server's certificate.",
  },
  ssl_cert: { type: 'path', doc: 'File of a client certificate.' },
  ssl_key: { type: 'path', doc: 'File of its key.' },
  connect_params: { type: 'dict', default: {}, doc: "Further parameters of libpq's connection strings." },
} as const satisfies ArgSpec;

/** The arguments that say as whom statements run, and whether names are looked at first. */
export const sessionArgs = {
  session_role: { type: 'str', doc: 'The role to change to after the login.' },
  trust_input: {
    type: 'bool',
    default: true,
    doc: 'False: names that look like further statements are refused.',
  },
} as const satisfies ArgSpec;

/** How a task logs in; the arguments themselves. */
export type Login = {
  readonly login_user: string;
  readonly login_password: string;
  readonly login_host: string;
  readonly login_unix_socket: string;
  readonly port: number;
  readonly ssl_mode: string;
  readonly ca_cert?: string;
  readonly ssl_cert?: string;
  readonly ssl_key?: string;
  readonly connect_params: JsonObject;
  readonly session_role?: string;
};

/** A command and what it reads on its standard input, beginning with the password when there is one. */
export type Call = { readonly argv: readonly string[]; readonly stdin: string };

function password(login: Login): string {
  return login.login_password || String(login.connect_params.password ?? '');
}

/** A connection string of libpq (PostgreSQL's documentation, 34.1.1) without the password. */
export function conninfo(login: Login, db?: string): string {
  const given: Record<string, unknown> = {
    host: login.login_host === 'localhost' && login.login_unix_socket ? '' : login.login_host,
    port: login.port,
    user: login.login_user,
    dbname: db,
    sslmode: login.ssl_mode,
    sslrootcert: login.ca_cert,
    sslcert: login.ssl_cert,
    sslkey: login.ssl_key,
    client_encoding: 'UTF8',
    ...login.connect_params,
    password: undefined,
  };
  if (!given.host && login.login_unix_socket) given.host = login.login_unix_socket;
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}='${String(value).replace(/[\\']/g, '\\$&')}'`)
    .join(' ');
}

/**
 * A call of one of PostgreSQL's clients. A password is asked for on standard input, as it is where no terminal is; it
 * is so in no argument, environment or file.
 */
export function clientCall(login: Login, argv: readonly string[], input = ''): Call {
  const secret = password(login);
  if (secret === '') return { argv: [argv[0]!, '-w', ...argv.slice(1)], stdin: input };
  return { argv: ['setsid', '-w', argv[0]!, '-W', ...argv.slice(1)], stdin: `${secret}\n${input}` };
}

/** A call of psql that runs statements and stops at the first that fails; rows come out unaligned, without headers. */
export function psqlCall(
  login: Login,
  db: string | undefined,
  sql: string,
  options: readonly string[] = ['-q'],
): Call {
  const words = ['psql', '-XAt', ...options, '-v', 'ON_ERROR_STOP=1', '-d', conninfo(login, db || undefined)];
  return clientCall(login, words, sql);
}
