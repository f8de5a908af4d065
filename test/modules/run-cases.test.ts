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
const cases = suite('modules');
const node = createNode(createConnection({ name: 'localhost', connection: 'local' }));

for (const { file, cases: found } of caseFiles(here, 'scratch'))
  for (const one of found.cases)
    if (only === undefined || file.includes(only))
      cases(`${file}: ${one.name}`, () => runCase(moduleOf(found), one, node));

cases.after(() => node.close());

test('a file of cases with an unknown key is refused', () => {
  const source = 'module: ping\non: scratch\ncases: [{name: x, expects: {}}]';
  assert.throws(() => readCases('x.yml', source), /additional properties.*expects/s);
});

test('a file of cases names a module that exists', () => {
  const one = readCases('x.yml', 'module: nope\non: scratch\ncases: [{name: x}]');
  assert.throws(() => moduleOf(one), /no module nope/);
});

if (process.getuid?.() === 0) cases.run();
else console.log('skipped: cases of modules need root');
test.run();
