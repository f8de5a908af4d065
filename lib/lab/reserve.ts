import { FfeError } from '../errors/error.js';
import { rivalOf } from './network.js';
import { thisProcess } from './process.js';
import { enter, entries, withHostLock } from './registry.js';
import { defaultDir, type LabNode } from './state.js';

/** Where numbers for labs without an inventory are taken from: 10.FIRST.0.0/24 to 10.LAST.0.0/24. */
const FIRST = 200;
const LAST = 250;

/**
 * Finds a free network for nodes of these names and keeps it for a lab of this process. Pass the nodes on to `labUp`
 * with the same lab name and `owned`.
 */
export function reserveNodes(lab: string, names: readonly string[]): Promise<LabNode[]> {
  return withHostLock(async () => {
    const taken = entries().map((entry) => entry.prefix);
    for (let number = FIRST; number <= LAST; number++) {
      const prefix = `10.${number}.0`;
      if (taken.includes(prefix) || rivalOf(prefix)) continue;
      enter({ name: lab, prefix, dir: defaultDir(lab), holder: thisProcess() });
      return names.map((name, i) => ({ name, address: `${prefix}.${11 + i}` }));
    }
    throw new FfeError('lab', `no free network from 10.${FIRST}.0.0/24 to 10.${LAST}.0.0/24`);
  });
}
