import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LockOptions, locked } from './lock.js';
import { bootId, isAlive, type ProcessId } from './process.js';
import { networkId, writeWhole } from './state.js';

/**
 * What this machine knows of a lab, apart from the lab's own folder. A lab with a `holder` lives no longer than that
 * process: it is being started for the first time, or belongs to a test run.
 */
export type Entry = { name: string; prefix: string; dir: string; holder?: ProcessId; boot: string };

const RUN = '/run/ffe-provision';
const LABS = join(RUN, 'labs');

/** Holds the lock under which labs come, go and share this machine's settings. */
export function withHostLock<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  return locked(join(RUN, 'host.lock'), { what: 'the list of labs', ...(signal ? { signal } : {}) }, work);
}

/** Holds the lock of one lab, by its network. */
export function withLabLock<T>(prefix: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const options: LockOptions = {
    what: `the lab at ${prefix}.0/24`,
    wait: 300,
    ...(signal ? { signal } : {}),
  };
  return locked(join(RUN, `${networkId(prefix)}.lock`), options, work);
}

/** Every lab of this machine. */
export function entries(): Entry[] {
  if (!existsSync(LABS)) return [];
  const files = readdirSync(LABS).filter((f) => f.endsWith('.json'));
  return files.map((f) => JSON.parse(readFileSync(join(LABS, f), 'utf8')) as Entry);
}

/** The lab at a network, or undefined. */
export function entryAt(prefix: string): Entry | undefined {
  return entries().find((entry) => entry.prefix === prefix);
}

/** Whether a lab's holder is gone, so that nobody will take the lab down. A restart of the machine ends every holder. */
export function isOrphan(entry: Entry): boolean {
  return entry.holder !== undefined && (entry.boot !== bootId() || !isAlive(entry.holder));
}

/** Notes a lab, or changes what is noted. */
export function enter(entry: Omit<Entry, 'boot'>): void {
  mkdirSync(LABS, { recursive: true, mode: 0o700 });
  writeWhole(join(LABS, `${networkId(entry.prefix)}.json`), JSON.stringify({ ...entry, boot: bootId() }));
}

/** Forgets a lab. */
export function leave(prefix: string): void {
  rmSync(join(LABS, `${networkId(prefix)}.json`), { force: true });
}

/** The file that remembers this machine's own settings while labs have changed them. */
export const SETTINGS_FILE = join(RUN, 'settings.json');
