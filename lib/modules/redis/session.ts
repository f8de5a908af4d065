import type { RunAction } from '../../node/actions/action.js';
import type { ReadAnswer, ReadQuery } from '../../node/queries/query.js';
import { quoteAll } from '../../node/quote.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import { complaint, printed } from '../program.js';

/** How a server is reached, and as whom. */
export const loginArgs = {
  login_host: { type: 'str', default: 'localhost', doc: 'The host of the server.' },
  login_port: { type: 'int', default: 6379, doc: 'Its port.' },
  login_user: { type: 'str', doc: 'Who logs in; the default user when nobody is named.' },
  login_password: { type: 'str', noLog: true, doc: 'The password.' },
  tls: { type: 'bool', default: false, doc: 'Encrypt the connection.' },
  validate_certs: { type: 'bool', default: true, doc: 'Check who the server is, with tls.' },
  ca_certs: { type: 'str', doc: 'A file of authorities for that.' },
} as const satisfies ArgSpec;

/** The validated arguments. */
export type Login = ArgsOf<typeof loginArgs>;

/** Stands before each reply, so that they can be told apart. */
const MARK = 'reply-8f2c61d04be7';

function words(a: Login, db: number | undefined): string[] {
  return [
    ...['redis-cli', '-h', a.login_host, '-p', String(a.login_port)],
    ...(db === undefined ? [] : ['-n', String(db)]),
    ...(a.tls ? ['--tls'] : []),
    ...(a.tls && !a.validate_certs ? ['--insecure'] : []),
    ...(a.tls && a.ca_certs !== undefined ? ['--cacert', a.ca_certs] : []),
  ];
}

/** A word as redis-cli reads it from its input: everything that is not plain ASCII as \xHH. */
export function word(text: string): string {
  const bytes = [...Buffer.from(text, 'utf8')];
  const plain = (b: number) => b > 0x20 && b < 0x7f && b !== 0x22 && b !== 0x5c;
  return `"${bytes.map((b) => (plain(b) ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, '0')}`)).join('')}"`;
}

// The password goes in by standard input: arguments and environments of processes are there for others to read.
function opening({ login_user, login_password }: Login): string[] {
  if (login_password === undefined) return [];
  const user = login_user === undefined ? '' : `${word(login_user)} `;
  return [`AUTH ${user}${word(login_password)}`];
}

/** The query for what commands answer; each is a list of words. */
export function asked(a: Login, commands: readonly (readonly string[])[], db?: number): ReadQuery {
  const lines = commands.flatMap((command) => [`ECHO ${MARK}`, command.map(word).join(' ')]);
  const stdin = [...opening(a), ...lines, `ECHO ${MARK}`, ''].join('\n');
  return { kind: 'read', script: quoteAll(words(a, db)), stdin };
}

/** The replies in order, or why there are none. */
export function told(answer: ReadAnswer, count: number): { replies: string[] } | { failed: string } {
  const sections = printed(answer).split(`${MARK}\n`);
  const login = sections[0]!;
  if (refused(login)) return { failed: login.trim() };
  if (answer.rc === 0 && sections.length === count + 2) return { replies: sections.slice(1, -1) };
  return { failed: complaint(answer).split('\n')[0]! };
}

/** Whether a reply is a refusal: those begin with a word in capitals. */
export function refused(reply: string): boolean {
  return /^[A-Z]{3,} [^\n]*$/.test(reply.trim());
}

/** The action that has a command done, which must answer OK. */
export function done(a: Login, command: readonly string[], db?: number): RunAction {
  const stdin = [...opening(a), command.map(word).join(' '), ''].join('\n');
  const call = `out=$(${quoteAll(words(a, db))}) || exit`;
  const script = `${call}\nprintf '%s\\n' "$out" | grep -vx OK >&2 && exit 1; exit 0`;
  return { kind: 'run', script, stdin };
}
