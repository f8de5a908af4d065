import { existsSync } from 'node:fs';
import { installPackages, lacks } from '../../lib/lab/index.js';

/** Debian packages that only tests use: the oracle whose end states ours are compared with. */
const ORACLE = { program: '/usr/bin/ansible-playbook', packages: ['ansible'] };

/** Installs what fleet tests need where that is possible (Debian, root); where it is not, says why. */
export async function prepareFleet(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const { reasons, packages } = lacks();
  if (reasons.length > 0) return;
  const wanted = [...packages, ...(existsSync(ORACLE.program) ? [] : ORACLE.packages)];
  if (wanted.length === 0) return;
  say(`installing ${wanted.join(' ')}`);
  try {
    await installPackages(wanted, signal);
  } catch (error) {
    say(`could not install them: ${error instanceof Error ? error.message : error}`);
  }
}
