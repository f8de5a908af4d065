import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HostStats } from '../../lib/engine/event.js';
import { type Paint, plain } from '../../lib/report/paint.js';
import { recapLine, recapWords } from '../../lib/report/recap.js';

const none: HostStats = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 };
const toned: Paint = (tone, text) => `<${tone}>${text}`;

const cases = [
  {
    name: 'nothing done',
    stats: none,
    line: 'web1                       : ok=0    changed=0    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   ',
    words: 'web1                 0 changed',
    tone: 'ok',
  },
  {
    name: 'changes',
    stats: { ...none, ok: 12, changed: 3 },
    line: 'web1                       : ok=12   changed=3    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   ',
    words: 'web1                 12 ok  3 changed',
    tone: 'changed',
  },
  {
    name: 'a failure',
    stats: { ...none, ok: 1, failed: 1, rescued: 2 },
    line: 'web1                       : ok=1    changed=0    unreachable=0    failed=1    skipped=0    rescued=2    ignored=0   ',
    words: 'web1                 1 ok  0 changed  2 rescued  1 failed',
    tone: 'failed',
  },
  {
    name: 'out of reach',
    stats: { ...none, unreachable: 1, skipped: 4, ignored: 1 },
    line: 'web1                       : ok=0    changed=0    unreachable=1    failed=0    skipped=4    rescued=0    ignored=1   ',
    words: 'web1                 0 changed  4 skipped  1 ignored  1 unreachable',
    tone: 'failed',
  },
];

for (const { name, stats, line, words, tone } of cases) {
  test(`recap: ${name}`, () => {
    assert.is(recapLine('web1', stats, plain), line);
    assert.is(recapWords('web1', stats, plain), words);
    assert.ok(recapLine('web1', stats, toned).startsWith(`<${tone}>web1`));
  });
}

test.run();
