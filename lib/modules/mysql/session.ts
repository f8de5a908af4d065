import type { RunAction } from '../../node/actions/action.js';
import type { ReadAnswer, ReadQuery } from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, type Plan } from '../plan.js';
import { complaint, printed, without } from '../program.js';

/** The arguments of every module that logs in to MySQL or MariaDB. */
export const mysqlLoginArgs = {
  login_user: {
    type: 'str',
    doc: 'Who logs in; default: as the configuration file says, else the user of the node.',
  },
  login_password: { type: 'str', noLog: true, doc: 'The password.' },
  login_host: { type: 'str', default: 'localhost', doc: 'The server; localhost means its socket.' },
  login_port: { type: 'int', default: 3306, doc: 'Its port, where it is not localhost.' },
  login_unix_socket: { type: 'str', doc: 'Its socket.' },
  config_file: { type: 'path', default: '~/.my.cnf', doc: 'A file of the node that has more of the login.' },
  client_cert: { type: 'path', aliases: ['ssl_cert'], doc: 'The certificate that is shown to the server.' },
  client_key: { type: 'path', aliases: ['ssl_key'], doc: 'Its key.' },
  ca_cert: { type: 'path', aliases: ['ssl_ca'], doc: "The authority of the server's certificate." },
  check_hostname: { type: 'bool', doc: "Whether the server's name must be that of its certificate." },
  connect_timeout: { type: 'int', default: 30, doc: 'Seconds that the connection may take.' },
  check_implicit_admin: {
    type: 'bool',
    default: false,
    doc: 'Log in as root without a password where that works.',
  },
} as const satisfies ArgSpec;

/** How a task logs in. */
export type MysqlLogin = ArgsOf<typeof mysqlLoginArgs>;

/** How the client ends when it is not there. */
const NOT_FOUND = 127;

function option(name: string, value: string | number | undefined): string[] {
  if (value === undefined || value === '') return [];
  return [`${name}="${String(value).replace(/[\\"]/g, '\\$&')}"`];
}

/** Lines of an option file (my.cnf), the login only when it is asked for. */
function options(a: MysqlLogin, user: { readonly user?: string; readonly password?: string }): string {
  const near = a.login_host === 'localhost' || a.login_unix_socket !== undefined;
  const lines = [
    '[client]',
    ...(near ? option('socket', a.login_unix_socket) : option('host', a.login_host)),
    ...(near ? [] : option('port', a.login_port)),
    ...option('user', user.user),
    ...option('password', user.password),
    ...option('ssl-cert', a.client_cert),
    ...option('ssl-key', a.client_key),
    ...option('ssl-ca', a.ca_cert),
    ...(a.check_hostname === undefined ? [] : option('ssl-verify-server-cert', a.check_hostname ? 1 : 0)),
  ];
  return `printf '%s\\n' ${quoteAll(lines)}`;
}

/**
 * Sh source that defines `client`, which runs one of the server's programs with the login on descriptor 3: passwords are in
 * no argument, environment or file. Standard input stays the program's.
 */
export function clientFunction(a: MysqlLogin): string {
  const own = options(a, { user: a.login_user, password: a.login_password });
  const implicit = `root() { ${options(a, { user: 'root' })}; }
if root | { exec 3<&0 </dev/null; mysql --defaults-file=/dev/fd/3 -e 'SELECT 1'; } >/dev/null 2>&1; then login() { root; }; fi`;
  return `login() { cat -- ${quote(a.config_file)} 2>/dev/null; echo; ${own}; }
${a.check_implicit_admin ? implicit : ''}
client() { exec 4<&0; login | { exec 3<&0 <&4 4<&-; p=$1; shift; "$p" --defaults-file=/dev/fd/3 "$@"; }; }`;
}

function sqlScript(a: MysqlLogin, db: string | undefined): string {
  const words = ['mysql', '--batch', '--skip-column-names', '--connect-timeout', String(a.connect_timeout)];
  return `command -v mysql >/dev/null || exit ${NOT_FOUND}
${clientFunction(a)}
client ${quoteAll([...words, ...(db === undefined ? [] : [db])])}`;
}

/** Statements that only read; rows come as lines with tabs. */
export function mysqlRead(a: MysqlLogin, sql: string): ReadQuery {
  return { kind: 'read', script: sqlScript(a, undefined), stdin: sql };
}

/** The action that runs statements, one after the other, to the first that fails. */
export function mysqlRun(a: MysqlLogin, statements: readonly string[], db?: string): RunAction {
  return { kind: 'run', script: sqlScript(a, db), stdin: statements.map((sql) => `${sql};\n`).join('') };
}

function unescaped(field: string): string {
  return field.replace(/\\([\\nt0])/g, (_, c: string) => ({ n: '\n', t: '\t', 0: '\0' })[c] ?? c);
}

/** The rows of an answer. */
export function rowsOf(answer: ReadAnswer): string[][] {
  return printed(answer)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map(unescaped));
}

/** The plan that follows from an answer that is none; undefined when it is one. */
export function unanswered(a: MysqlLogin, answer: ReadAnswer, info: PlanInfo): Plan | undefined {
  const lacks = without('mysql', 'default-mysql-client', answer, info);
  if (lacks || answer.rc === 0) return lacks;
  if (mayComeLater(info)) return change('an earlier task may make it possible', []);
  return failed(
    `unable to connect to database, check login_user and login_password are correct or ${a.config_file} has the credentials. Exception message: ${complaint(answer)}`,
  );
}

/** A text in SQL. */
export function mysqlText(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
}

/** A name in SQL. */
export function mysqlName(name: string): string {
  return `\`${name.replace(/`/g, '``')}\``;
}
