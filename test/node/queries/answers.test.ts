import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { compile } from '../../../lib/node/queries/compile.js';
import type { Answer, Query } from '../../../lib/node/queries/query.js';
import { newMarks } from '../../../lib/node/sections.js';

type Output = { rc?: number; stdout?: string; stderr?: string };
type Case = { name: string; queries: Query[]; outputs: Output[]; sources?: string[]; answers: Answer[] };

const cases = parse(readFileSync('test/node/queries/answers.cases.yml', 'utf8')) as Case[];

for (const wanted of cases)
  test(wanted.name, () => {
    const { name: _, queries, outputs, sources, answers, ...unknown } = wanted;
    assert.equal(unknown, {}, 'a case has a key that is not known');
    const compiled = compile(queries);
    assert.is(compiled.sections.length, outputs.length, compiled.sections.join('\n'));
    for (const [i, source] of (sources ?? []).entries())
      assert.ok(compiled.sections[i]!.includes(source), compiled.sections[i]);
    const read = compiled.read(
      outputs.map(({ rc = 0, stdout = '', stderr = '', ...more }) => {
        assert.equal(more, {}, 'an output has a key that is not known');
        return { rc, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr), note: Buffer.alloc(0) };
      }),
      newMarks(),
    );
    const byQuery = new Map(read.map(([query, answer]) => [query, readable(answer)]));
    assert.is(byQuery.size, queries.length);
    assert.equal(JSON.parse(JSON.stringify(queries.map((q) => byQuery.get(q)))), answers);
  });

/** Output as text, so that cases can say it. */
function readable(answer: Answer): object {
  return answer.kind === 'read'
    ? { ...answer, stdout: String(answer.stdout), stderr: String(answer.stderr) }
    : answer;
}

test.run();
