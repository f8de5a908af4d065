import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNode } from '../../../lib/node/assemble.js';
import { createConnection } from '../../../lib/node/connect.js';
import type { Connection } from '../../../lib/node/connection.js';
import { caseFiles, moduleOf } from '../../modules/cases.js';
import { runCase } from '../../modules/run-case.js';
import { fleetSuite, onNode } from '../fleet.js';
import { targetOf } from '../node/reach.js';

// Cases of the modules of Docker, in order of their names, on one node without python that has Debian's engine and registry.
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'modules');
const only = process.argv[2] ?? '';
const test = fleetSuite('docker', {
  nodes: 1,
  image: {
    variant: 'minimal',
    include: ['docker.io', 'docker-registry', 'iptables', 'busybox-static', 'ca-certificates'],
  },
});
const open = new Map<string, Connection>();

test.before(async ({ lab }) => {
  await onNode(lab, 'n1', 'systemctl start docker');
  for (const script of ['images.sh', 'registry.sh', 'compose.sh'])
    await onNode(lab, 'n1', 'bash -s', readFileSync(join(folder, 'docker', script), 'utf8'));
  open.set('n1', createConnection(targetOf(lab, 'n1', { user: 'root' })));
});

for (const { file, cases } of caseFiles(folder, 'docker').filter((f) => f.file.includes(only)))
  for (const one of cases.cases)
    test(`${file}: ${one.name}`, () => runCase(moduleOf(cases), one, createNode(open.get('n1')!)));

test.after(async () => {
  for (const connection of open.values()) await connection.close();
});

test.run();
