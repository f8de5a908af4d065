import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Listener } from '../../engine/event.js';
import { dump, printable } from '../../report/dump.js';

/** Writes the result of each host to a file of its name, as JSON. */
export function tree(folder: string, verbosity: number): Listener {
  return (event) => {
    if (event.type !== 'host-result' || event.status === 'skipped') return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A host's name comes from an inventory: it must not lead out of the folder.
    writeFileSync(
      join(folder, basename(event.host)),
      dump(printable(event.result, verbosity, false), undefined),
    );
  };
}
