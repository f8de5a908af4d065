import { existsSync, readdirSync } from 'node:fs';
import { FfeError } from '../errors/error.js';
import { tearDown } from './down.js';
import { thisProcess } from './process.js';
import { enter, entries, entryAt, isOrphan, withLabLock } from './registry.js';
import { raiseSettings } from './settings.js';
import { loadLab } from './state.js';

/**
 * Notes a lab as wanted at its network and folder. FfeError 'lab' when either belongs to another lab. A lab that does
 * not exist yet, or is `owned`, is held by this process. Under the host lock.
 */
export function claim(spec: { name: string; owned?: boolean }, prefix: string, dir: string): void {
  const known = entryAt(prefix);
  if (known && known.dir !== dir) {
    throw new FfeError('lab', `network ${prefix}.0/24 belongs to the lab '${known.name}'`, {
      hint: `take that lab down first: ffe-provision lab down --name ${known.name}`,
      notes: [`its state: ${known.dir}`],
    });
  }
  const old = loadLab(dir);
  if (old && old.prefix !== prefix) {
    throw new FfeError('lab', `the lab '${old.name}' is up at ${old.prefix}.0/24, not at ${prefix}.0/24`, {
      hint: 'take it down before its addresses change: ffe-provision lab down',
    });
  }
  if (!old && existsSync(dir) && readdirSync(dir).length > 0) {
    throw new FfeError('lab', `${dir} is not empty and holds no lab`, {
      hint: 'name another folder for its state',
    });
  }
  raiseSettings();
  const holder = spec.owned || !old ? { holder: thisProcess() } : {};
  enter({ name: spec.name, prefix, dir, ...holder });
}

/** Takes down the labs that nobody holds any more, such as those of a crashed test run. Returns their names. */
export async function sweep(): Promise<string[]> {
  const orphans = entries().filter(isOrphan);
  for (const { prefix } of orphans) {
    await withLabLock(prefix, async () => {
      const entry = entryAt(prefix);
      if (entry && isOrphan(entry)) await tearDown(entry.dir, prefix);
    });
  }
  return orphans.map((entry) => entry.name);
}
