import { chmodSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FactsQuery } from '../../../lib/node/queries/query.js';
import { type Scratch, withScratch } from '../scratch.js';

async function localFacts({ node, dir }: Scratch, files: Record<string, string>, timeout = 10) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(`${dir}/${name}`, text);
    if (text.startsWith('#!')) chmodSync(`${dir}/${name}`, 0o755);
  }
  const query: FactsQuery = { kind: 'facts', subset: ['!all', 'local'], factPath: dir, timeout };
  const [answer] = await node.ask([query]);
  if (answer?.kind !== 'facts') throw new Error('no facts');
  return answer.facts.local as Record<string, unknown>;
}

test('files and programs, as JSON or INI', () =>
  withScratch(async (scratch) => {
    const local = await localFacts(scratch, {
      'a.fact': '{"x": [1, {"y": null}], "é": "ü"}',
      'b c.fact': '[General]\nKey = value: 1\n; comment\nlong = a\n  b\n[empty]\n',
      'd.fact': '#!/bin/sh\necho "{\\"pid\\": 1}"\necho noise >&2\n',
      'e.fact': '#!/bin/sh\nprintf "[s]\\nk:v\\n"\n',
      'not-a-fact.txt': '{}',
    });
    assert.equal(local, {
      a: { x: [1, { y: null }], é: 'ü' },
      'b c': { General: { key: 'value: 1', long: 'a\nb' }, empty: {} },
      d: { pid: 1 },
      e: { s: { k: 'v' } },
    });
  }));

test('what cannot be read or run says so', () =>
  withScratch(async (scratch) => {
    const local = await localFacts(scratch, {
      'bad.fact': 'neither\n',
      'fails.fact': '#!/bin/sh\necho oops >&2\nexit 3\n',
      'first.fact': '#!/bin/sh\necho one >&2\necho 1\n',
    });
    assert.match(
      String(local.bad),
      /^error loading facts as JSON or ini - please check content: .*bad\.fact$/,
    );
    assert.match(
      String(local.fails),
      /^Failure executing fact script \(.*fails\.fact\), rc: 3, err: oops\n$/,
    );
    assert.is(local.first, 1);
  }));

test('a program that hangs is given up', () =>
  withScratch(async (scratch) => {
    const local = await localFacts(scratch, { 'hangs.fact': '#!/bin/sh\nexec sleep 60\n', 'z.fact': '2' }, 1);
    assert.match(String(local.hangs), /rc: 124/);
    assert.is(local.z, 2);
  }));

test('no folder, no facts', () =>
  withScratch(async ({ node }) => {
    const [answer] = await node.ask([{ kind: 'facts', subset: ['local'], factPath: '/no/such', timeout: 1 }]);
    assert.equal(answer?.kind === 'facts' && answer.facts.local, {});
  }));

test.run();
