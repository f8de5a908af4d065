import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import { createNode } from '../../lib/node/assemble.js';
import { createConnection } from '../../lib/node/connect.js';
import { caseFiles, moduleOf, readCases } from './cases.js';
import { runCase } from './run-case.js';

// Cases that stay within a scratch folder run over the local connection; modes and owners need root.
const here = dirname(fileURLToPath(import.meta.url));
const only = process.argv[2];
const LANES = 4;
const cases = suite('modules');
const root = process.getuid?.() === 0;

const all = caseFiles(here, 'scratch')
  .filter(({ file }) => only === undefined || file.includes(only))
  .flatMap(({ file, cases: found }) => found.cases.map((one) => ({ file, found, one })));

// Much of a case is waiting, so some run at once, each lane on a connection of its own.
const results = new Map<object, Promise<unknown>>();
const lanes = Array.from({ length: root ? LANES : 0 }, () => ({
  node: createNode(createConnection({ name: 'localhost', connection: 'local' })),
  last: Promise.resolve<unknown>(undefined),
}));
for (const [i, { file, found, one }] of all.entries()) {
  const lane = lanes[i % LANES];
  if (!lane) continue;
  const run = () => runCase(moduleOf(found), one, lane.node, `${file}: ${one.name}`);
  lane.last = lane.last.then(run).catch((error: unknown) => error);
  results.set(one, lane.last);
}

for (const { file, one } of all)
  cases(`${file}: ${one.name}`, async () => {
    const failure = await results.get(one);
    if (failure !== undefined) throw failure;
  });

cases.after(async () => {
  for (const { node } of lanes) await node.close();
});

test('a file of cases with an unknown key is refused', () => {
  const source = 'module: ping\non: scratch\ncases: [{name: x, expects: {}}]';
  assert.throws(() => readCases('x.yml', source), /additional properties.*expects/s);
});

test('a file of cases names a module that exists', () => {
  const one = readCases('x.yml', 'module: nope\non: scratch\ncases: [{name: x}]');
  assert.throws(() => moduleOf(one), /no module nope/);
});

if (root) cases.run();
else console.log('skipped: cases of modules need root');
test.run();
