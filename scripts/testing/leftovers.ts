import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 10_000;

/** What a test file must leave as it was: the process's folder, environment and mask, and what keeps it running. */
export type Before = {
  folder: string;
  umask: number;
  env: Record<string, string | undefined>;
  open: string[];
};

/** Remembers the process's state before a file runs. */
export function remember(): Before {
  return {
    folder: process.cwd(),
    umask: process.umask(),
    env: { ...process.env },
    open: process.getActiveResourcesInfo(),
  };
}

/** Resources open now that were not open before, by kind: with one timer more, one 'Timeout'. */
function more(before: readonly string[]): string[] {
  const rest = [...before];
  return process.getActiveResourcesInfo().filter((kind) => {
    const at = rest.indexOf(kind);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/**
 * Says what a file changed for those that run after it in the same process, and puts that right; waits up to ten
 * seconds for timers, sockets and children of its own to end.
 */
export async function leftOpen(before: Before): Promise<string[]> {
  const complaints: string[] = [];
  if (process.cwd() !== before.folder) complaints.push(`changes the current folder to ${process.cwd()}`);
  process.chdir(before.folder);
  if (process.umask(before.umask) !== before.umask) complaints.push('changes the umask');
  for (const name of new Set([...Object.keys(process.env), ...Object.keys(before.env)])) {
    const was = before.env[name];
    if (process.env[name] === was) continue;
    complaints.push(`changes the environment variable ${name}`);
    if (was === undefined) delete process.env[name];
    else process.env[name] = was;
  }
  if (process.exitCode) complaints.push(`sets the exit code ${process.exitCode}`);
  process.exitCode = undefined;
  const until = Date.now() + GRACE_MS;
  for (let left = more(before.open); left.length > 0; left = more(before.open)) {
    if (Date.now() > until) return [...complaints, `leaves open after its last test: ${left.join(', ')}`];
    await sleep(10);
  }
  return complaints;
}
