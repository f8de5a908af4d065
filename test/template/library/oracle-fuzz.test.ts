import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../../lib/template/builtin.js';
import { createTemplater } from '../../../lib/template/create.js';
import { readJson } from '../../../lib/template/json-read.js';
import { repr } from '../../../lib/values/print.js';
import type { Dict } from '../../../lib/values/value.js';
import { readTrial, runTrial } from '../../../lib/vars/try.js';
import { ask, hasAnsible, type Said } from '../oracle/answers.js';
import { TRIALS, type Vars } from './trials.js';

// `SEED=7` compares new values with ansible-core, `RECORD=1` keeps those of the first seed, which else serve.
const RECORDED = join(import.meta.dirname, 'random-values.json');
const RUNS = Number(process.env.RUNS ?? 20);
const recording = process.env.RECORD !== undefined;
const live = (recording || process.env.SEED !== undefined) && hasAnsible();
const seed = Number(process.env.SEED ?? 1);
const templater = createTemplater(library);

type Trial = { source: string; vars: Vars; text?: string; error?: string };

function ours({ source, vars }: Trial): { text?: string; error?: string } {
  const one = { id: '', kind: 'value', source, vars };
  try {
    return { text: repr(runTrial(templater, readTrial(readJson(JSON.stringify(one)) as Dict))) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Random values as JSON has them; braces that would be templates, and halves of characters, are left out. */
function drawn(source: string, vars: fc.Arbitrary<Vars>): Trial[] {
  return fc
    .sample(vars, { numRuns: RUNS, seed })
    .map((v) => JSON.stringify(v))
    .filter((v) => !/\{[{%#]|\\ud[89a-f]/.test(v))
    .map((v) => ({ source, vars: JSON.parse(v) as Vars }));
}

function answered(): Trial[] {
  const trials = TRIALS.flatMap(([source, vars]) => drawn(source, vars));
  const said: Said[] = ask(trials.map((t, i) => ({ id: String(i), kind: 'value', ...t })));
  return trials.map((t, i) => {
    const { text, error } = said[i]!;
    return error === undefined ? { ...t, text: text! } : { ...t, error: error.split(':')[0]! };
  });
}

const trials: Trial[] = live ? answered() : JSON.parse(readFileSync(RECORDED, 'utf8'));
if (recording && live) writeFileSync(RECORDED, `[\n${trials.map((t) => JSON.stringify(t)).join(',\n')}\n]\n`);

for (const [source] of TRIALS)
  test(`random values: ${source}`, () => {
    const mine = trials.filter((t) => t.source === source);
    assert.ok(mine.length > 0, 'not recorded; run this file with RECORD=1 where ansible-core is installed');
    for (const one of mine) {
      const { text, error } = ours(one);
      const where = `SEED=${seed} ${JSON.stringify(one.vars)}`;
      if (one.error !== undefined) assert.ok(error, `${where}: an error was expected, not ${text}`);
      else assert.is(text ?? `error: ${error}`, one.text, `${where}: ${text ?? error} is not ${one.text}`);
    }
  });

test.run();
