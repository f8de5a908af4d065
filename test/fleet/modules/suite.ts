import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'uvu';
import type { Lab } from '../../../lib/lab/index.js';
import { createNode } from '../../../lib/node/assemble.js';
import { createConnection } from '../../../lib/node/connect.js';
import type { Connection } from '../../../lib/node/connection.js';
import { type Case, caseFiles, moduleOf } from '../../modules/cases.js';
import { runCase } from '../../modules/run-case.js';
import { fleetSuite } from '../fleet.js';
import { targetOf } from '../node/reach.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'modules');
const only = process.argv[2] ?? '';
/** Modules whose scratch folder is to be on another machine than the controller here, too. */
const WIRED = new Set(['copy', 'fetch', 'file', 'stat', 'template']);

/** Scripts run on the node, so cases whose scripts look at the controller's folder stay on the controller. */
function onController(one: Case): boolean {
  return `${one.setup ?? ''}${one.after ?? ''}`.includes('$C');
}

/**
 * Runs the cases that change a whole system, and those of scratch folders where it matters that the controller is
 * another machine, of the modules whose names begin with a letter from `from` to `to`: in order of their names, on one
 * node without python. The suite is still to be run.
 */
export function moduleSuite(from: string, to: string): Test<{ lab: Lab }> {
  const files = [
    ...caseFiles(folder, 'scratch').filter(({ cases }) => WIRED.has(cases.module)),
    ...caseFiles(folder, 'node'),
  ].filter(({ file }) => file.includes(only) && file[0]! >= from && file[0]! <= to);
  const include = [...new Set(files.flatMap(({ cases }) => cases.packages ?? []))];
  const test = fleetSuite(`modules ${from}-${to}`, { nodes: 1, image: { variant: 'minimal', include } });
  const open = new Map<string, Connection>();
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
  return test;
}
