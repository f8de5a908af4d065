import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../lib/template/builtin.js';
import { createTemplater } from '../../lib/template/create.js';
import { readJson } from '../../lib/template/json-read.js';
import { repr } from '../../lib/values/print.js';
import type { Dict } from '../../lib/values/value.js';
import { readTrial, runTrial } from '../../lib/vars/try.js';
import { ask, hasAnsible, record, recorded } from './oracle/answers.js';
import { type Case, readCases } from './oracle/cases.js';

const templater = createTemplater(library);

function ours(one: Case): { text?: string; error?: string } {
  try {
    return { text: repr(runTrial(templater, readTrial(readJson(JSON.stringify(one)) as Dict))) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

// `RECORD=1` asks ansible-core and keeps its answers; `ORACLE=1` asks it without keeping; else the kept ones serve.
const live = (process.env.RECORD ?? process.env.ORACLE) !== undefined && hasAnsible();

for (const [name, cases] of readCases()) {
  const said = live ? ask(cases) : recorded(name);
  if (live && process.env.RECORD !== undefined) record(name, said);
  const byId = new Map(said.map((s) => [s.id, s]));
  for (const one of cases)
    test(one.id, () => {
      const theirs = byId.get(one.id);
      assert.ok(theirs, 'not recorded; run this file with RECORD=1 where ansible-core is installed');
      const mine = ours(one);
      if (theirs.error !== undefined)
        assert.ok(mine.error, `expected an error (${theirs.error}), found ${mine.text}`);
      else assert.is(mine.text ?? `error: ${mine.error}`, theirs.text);
    });
}

test.run();
