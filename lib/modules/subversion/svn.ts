import type { RunInfo } from '../module.js';
import { mustStep, type Step, StepError, step } from '../steps.js';

/** What of a task every call of svn needs. */
export type SvnArgs = {
  readonly executable?: string;
  readonly username?: string;
  readonly password?: string;
  readonly validate_certs: boolean;
};

/** A call of svn on the node; `must` throws a StepError when it fails. */
export type Svn = (words: readonly string[], must?: boolean) => Promise<Step>;

/** Makes the function that calls svn. It never asks, keeps no login, and reads the password from standard input. */
export async function svnOf(info: RunInfo, a: SvnArgs): Promise<Svn> {
  const program = a.executable ?? 'svn';
  if ((await step(info, ['sh', '-c', 'command -v "$1"', 'sh', program])).rc !== 0)
    throw new StepError(
      `Failed to find required executable "${program}" on the node; Debian's package subversion has it`,
    );
  const options = [
    ...['--non-interactive', '--no-auth-cache'],
    ...(a.validate_certs ? [] : ['--trust-server-cert']),
    ...(a.username ? ['--username', a.username] : []),
    ...(a.password ? ['--password-from-stdin'] : []),
  ];
  const stdin = a.password ? Buffer.from(a.password) : undefined;
  return (words, must = true) => (must ? mustStep : step)(info, [program, ...options, ...words], { stdin });
}

/** The line about the revision, in what `svn info` prints. */
export function revisionLine(text: string): string | undefined {
  return /^Revision\s?:\s+\d+$/m.exec(text)?.[0];
}

/** Revision and URL of a working copy, as svn's lines about them. */
export async function revisionOf(svn: Svn, dest: string): Promise<[string, string]> {
  const { out } = await svn(['info', dest]);
  return [
    revisionLine(out) ?? 'Unable to get revision',
    /^URL\s?:.*$/m.exec(out)?.[0] ?? 'Unable to get URL',
  ];
}

/** Whether files under version control were changed here. */
export async function hasLocalChanges(svn: Svn, dest: string): Promise<boolean> {
  const { out } = await svn(['status', '--quiet', '--ignore-externals', dest]);
  return /^[^?X\n]/m.test(out);
}

/** Whether svn's lines tell of files that it touched. */
export function touched({ out }: Step): boolean {
  return /^[ABDUCGE]\s/m.test(out);
}
