import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNode } from '../../lib/node/assemble.js';
import { createConnection } from '../../lib/node/connect.js';
import type { Connection } from '../../lib/node/connection.js';
import { type Case, caseFiles, moduleOf } from '../modules/cases.js';
import { runCase } from '../modules/run-case.js';
import { fleetSuite } from './fleet.js';
import { targetOf } from './node/reach.js';

// Cases that change a whole system, and those of scratch folders where it matters that the controller is another
// machine. They run in order of their names on one node without python.
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'modules');
const only = process.argv[2] ?? '';
const WIRED = new Set(['copy', 'fetch', 'file', 'stat', 'template']);
const files = [
  ...caseFiles(folder, 'scratch').filter(({ cases }) => WIRED.has(cases.module)),
  ...caseFiles(folder, 'node'),
].filter(({ file }) => file.includes(only));
const include = [...new Set(files.flatMap(({ cases }) => cases.packages ?? []))];
const test = fleetSuite('modules', { nodes: 1, image: { variant: 'minimal', include } });
const open = new Map<string, Connection>();

/** Scripts run on the node, so cases whose scripts look at the controller's folder stay on the controller. */
function onController(one: Case): boolean {
  return `${one.setup ?? ''}${one.after ?? ''}`.includes('$C');
}

for (const { file, cases } of files)
  for (const one of cases.cases)
    if (!onController(one))
      test(`${file}: ${one.name}`, async ({ lab }) => {
        const connection = open.get('n1') ?? createConnection(targetOf(lab, 'n1', { user: 'root' }));
        open.set('n1', connection);
        await runCase(moduleOf(cases), one, createNode(connection));
      });

test.after(async () => {
  for (const connection of open.values()) await connection.close();
});

test.run();
