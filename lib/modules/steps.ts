import { decodeBytes } from '../node/bytes.js';
import type { JsonObject } from '../values/json.js';
import type { ModuleResult, RunInfo } from './module.js';

/** What ends a module of several steps: Ansible's words, and fields of the result. */
export class StepError extends Error {
  readonly result: JsonObject;

  constructor(msg: string, result: JsonObject = {}) {
    super(msg);
    this.result = result;
  }
}

/** What a program left, as text. */
export type Step = { readonly rc: number; readonly out: string; readonly err: string };

type Options = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly umask?: string;
  readonly stdin?: Uint8Array;
};

/** Runs a program on the node, in the C locale, on a channel of its own that ends with the task. */
export async function step(
  info: Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal'>,
  argv: readonly string[],
  options: Options = {},
): Promise<Step> {
  const env = { LC_ALL: 'C', LANG: 'C', ...info.environment, ...options.env };
  const words =
    options.umask === undefined ? argv : ['sh', '-c', `umask ${options.umask}; exec "$@"`, 'sh', ...argv];
  const done = await info.node.exec(
    { argv: words, cwd: options.cwd, env, stdin: options.stdin, signal: info.signal },
    info.become,
  );
  return { rc: done.rc, out: decodeBytes(done.stdout), err: decodeBytes(done.stderr) };
}

/** The same for a program that must succeed; otherwise a StepError that says what it said. */
export async function mustStep(
  info: Parameters<typeof step>[0],
  argv: readonly string[],
  options: Options = {},
): Promise<Step> {
  const done = await step(info, argv, options);
  if (done.rc === 0) return done;
  const msg = done.err.trim() || done.out.trim() || `${argv[0]} ended with ${done.rc}`;
  throw new StepError(msg, { cmd: [...argv], rc: done.rc, stdout: done.out, stderr: done.err });
}

/** Runs the steps; a StepError becomes the module's failure. */
export async function stepping(run: () => Promise<ModuleResult>): Promise<ModuleResult> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return { changed: false, ...error.result, failed: true, msg: error.message };
  }
}
