import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNode } from '../../lib/node/assemble.js';
import { createConnection } from '../../lib/node/connect.js';
import type { Connection } from '../../lib/node/connection.js';
import type { Node } from '../../lib/node/node.js';

/** A folder that is removed afterwards, and this machine as a node; `trips` counts the scripts that ran. */
export type Scratch = { dir: string; node: Node; connection: Connection; trips: () => number };

/** Works in a scratch folder with the local shell. */
export async function withScratch(work: (scratch: Scratch) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-test-'));
  const connection = createConnection({ name: 'here', connection: 'local' });
  const count = { trips: 0 };
  const counting: Connection = {
    ...connection,
    shell: async (as) => {
      const shell = await connection.shell(as);
      return {
        get alive() {
          return shell.alive;
        },
        run: (script) => {
          count.trips++;
          return shell.run(script);
        },
        close: () => shell.close(),
      };
    },
  };
  try {
    await work({ dir, node: createNode(counting), connection, trips: () => count.trips });
  } finally {
    await connection.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A file name as bytes: anything but NUL and slash, not `.` and not `..`. */
export function cleanName(bytes: Uint8Array): Buffer {
  const name = Buffer.from(bytes.map((b) => (b === 0 || b === 0x2f ? 0x0a : b)));
  return /^(\.\.?)?$/.test(name.toString('latin1')) ? Buffer.from('x') : name;
}
