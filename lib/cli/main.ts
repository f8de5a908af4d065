import { type ErrorCode, FfeError, FfeErrors } from '../errors/error.js';
import { renderError } from '../errors/render.js';
import { type Io, processIo } from './io.js';
import { OWN_NAME, type Program, programOf } from './programs.js';
import { endWhenUnread, flushed } from './streams.js';
import { verbNamed, verbOf } from './verbs.js';

/** Exit codes are ansible-playbook's. */
const CODES: Partial<Record<ErrorCode, number>> = {
  usage: 5,
  parse: 4,
  'unknown-name': 4,
  'bad-value': 4,
  undefined: 4,
  template: 4,
  unsupported: 4,
  internal: 250,
  unreachable: 4,
};

function exitCode(error: unknown): number {
  if (error instanceof FfeErrors) return error.errors[0] ? exitCode(error.errors[0]) : 1;
  if (error instanceof FfeError) return CODES[error.code] ?? 1;
  return 250;
}

async function run(args: string[], io: Io, program: Program): Promise<number> {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const named = program.name !== OWN_NAME;
  if (own.includes('--version') && (named || verbOf(args[0]!) === undefined)) {
    io.out((await import('./version.js')).versionText(program.name));
    return 0;
  }
  if (program.verb !== undefined) return verbNamed(program.verb, program.name)(args, io);
  const [first = '--help', ...rest] = args;
  const verb = named ? undefined : verbOf(first);
  if (verb) return verb(rest, io);
  if (first === '--help' || own.includes('--help') || own.includes('-h')) {
    io.out((await import('./help.js')).helpText());
    return 0;
  }
  // Ansible's own lines under Ansible's own names, on a terminal too.
  return (await import('./play.js')).play(args, named ? { ...io, columns: undefined } : io, program);
}

/** The program: runs a command line and answers its exit code. Errors are printed like a compiler's. */
export async function main(
  args: string[],
  io: Io = processIo(),
  program: Program = { name: OWN_NAME },
): Promise<number> {
  try {
    return await run(args, io, program);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return 99;
    const paint = io.colour ? (await import('../report/paint.js')).errorPaint() : undefined;
    // Scripts around Ansible's programs look for its word.
    const label = program.name === OWN_NAME ? undefined : 'ERROR!';
    io.err(`${renderError(error, { paint, label, debug: args.includes('--debug') })}\n`);
    return exitCode(error);
  }
}

/** Command lines that compile too little of the program for a code cache to be worth keeping. */
const SHORT: ReadonlySet<string | undefined> = new Set([undefined, '--version', '--help', '-h']);

/**
 * Runs the program and ends the process when its output has been written. `keepCode` keeps what has been compiled, for
 * faster starts. The name that the program was called by decides what it is.
 */
export async function start(args: string[], keepCode?: () => void): Promise<void> {
  endWhenUnread();
  const code = await main(args, processIo(), programOf(process.argv[1]));
  await flushed();
  if (!SHORT.has(args[0])) keepCode?.();
  // An output that could not be written has said so, and the run was no success.
  process.exit(code || process.exitCode);
}
