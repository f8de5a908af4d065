import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HostStats, Status, TaskInfo } from '../../lib/engine/event.js';
import { ansi, plain } from '../../lib/report/paint.js';
import { recapLine, recapWords } from '../../lib/report/recap.js';
import { complete, newTally, runningLine, type Tally, tallyLine, titleOf } from '../../lib/report/tally.js';

const TASK: TaskInfo = {
  id: 1,
  name: 'install nginx',
  action: 'apt',
  handler: false,
  check: false,
  diff: false,
  noLog: false,
  pos: { file: 'site.yml', line: 3, col: 5 },
  tags: [],
};

const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `web${i + 1}`);

type Standing = {
  hosts: readonly string[];
  running?: readonly string[];
  ended?: Readonly<Record<string, Status | 'ignored'>>;
  notes?: Readonly<Record<string, string>>;
};

function standing({ hosts, running = [], ended = {}, notes = {} }: Standing): Tally {
  const tally = newTally({ type: 'task-start', task: TASK, hosts, time: 1000 });
  for (const host of running) tally.running.add(host);
  for (const [host, status] of Object.entries(ended)) tally.ended.set(host, status);
  for (const [host, note] of Object.entries(notes)) tally.notes.set(host, note);
  return tally;
}

const all = (hosts: readonly string[], status: Status | 'ignored') =>
  Object.fromEntries(hosts.map((host) => [host, status]));

const TITLES: readonly (readonly [title: string, task: Partial<TaskInfo>])[] = [
  ['install nginx', {}],
  ['web : install nginx', { role: 'web' }],
  ['handler: install nginx', { handler: true }],
  ['handler: web : install nginx', { role: 'web', handler: true }],
];

for (const [title, task] of TITLES)
  test(`title: ${title}`, () => {
    assert.is(titleOf({ ...TASK, ...task }), title);
  });

type LineCase = {
  name: string;
  standing: Standing;
  after: number;
  line: string;
  running: string;
  done: boolean;
};

const LINES: readonly LineCase[] = [
  {
    name: 'nobody yet',
    standing: { hosts: named(2) },
    after: 0,
    line: 'install nginx  1 ms',
    running: 'waiting for web1, web2',
    done: false,
  },
  {
    name: 'one of two',
    standing: { hosts: named(2), running: ['web2'], ended: { web1: 'ok' } },
    after: 200,
    line: 'install nginx  ✔ web1  200 ms',
    running: 'waiting for web2',
    done: false,
  },
  {
    name: 'a sign of life',
    standing: { hosts: named(2), running: named(2), notes: { web1: '3 of 9' } },
    after: 949,
    line: 'install nginx  949 ms',
    running: 'waiting for web1 3 of 9, web2',
    done: false,
  },
  {
    name: 'only those that have begun are waited for',
    standing: { hosts: named(3), running: ['web2'] },
    after: 960,
    line: 'install nginx  1.0 s',
    running: 'waiting for web2',
    done: false,
  },
  {
    name: 'every end there is, the best first',
    standing: {
      hosts: named(6),
      ended: {
        web1: 'unreachable',
        web2: 'failed',
        web3: 'ignored',
        web4: 'skipped',
        web5: 'changed',
        web6: 'ok',
      },
    },
    after: 12_340,
    line: 'install nginx  ✔ web6  ✎ web5  ↷ web4  ✖ web3  ✖ web2  ⚠ web1  12.3 s',
    running: '',
    done: true,
  },
  {
    name: 'twelve are named',
    standing: { hosts: named(12), ended: all(named(12), 'ok') },
    after: 1000,
    line: `install nginx  ✔ ${named(12).join(' ')}  1.0 s`,
    running: '',
    done: true,
  },
  {
    name: 'thirteen are counted',
    standing: { hosts: named(13), ended: all(named(13), 'changed') },
    after: 1000,
    line: 'install nginx  ✎ 13  1.0 s',
    running: '',
    done: true,
  },
  {
    name: 'troubled hosts are named among many',
    standing: {
      hosts: named(100),
      ended: { ...all(named(98), 'ok'), web99: 'failed', web100: 'unreachable' },
    },
    after: 2000,
    line: 'install nginx  ✔ 98  ✖ web99  ⚠ web100  2.0 s',
    running: '',
    done: true,
  },
  {
    name: 'but not more of them than fit',
    standing: { hosts: named(20), ended: all(named(20), 'failed') },
    after: 2000,
    line: `install nginx  ✖ ${named(12).join(' ')} +8  2.0 s`,
    running: '',
    done: true,
  },
  {
    name: 'many that work',
    standing: { hosts: named(15) },
    after: 2000,
    line: 'install nginx  2.0 s',
    running: `waiting for ${named(12).join(', ')} and 3 more`,
    done: false,
  },
];

for (const { name, standing: given, after, line, running, done } of LINES)
  test(`tally: ${name}`, () => {
    const tally = standing(given);
    assert.is(tallyLine(tally, 1000 + after, plain), line);
    assert.is(runningLine(tally), running);
    assert.is(complete(tally), done);
  });

const NONE: HostStats = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 };

type RecapCase = { host: string; stats: Partial<HostStats>; line: string; words: string };

const RECAPS: readonly RecapCase[] = [
  {
    host: 'web1',
    stats: { ok: 3, changed: 1 },
    line: 'web1                       : ok=3    changed=1    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   ',
    words: 'web1                 3 ok  1 changed',
  },
  {
    host: 'a-host-with-a-name-longer-than-its-column',
    stats: { ok: 12345, failed: 1 },
    line: 'a-host-with-a-name-longer-than-its-column : ok=12345 changed=0    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0   ',
    words: 'a-host-with-a-name-longer-than-its-column 12345 ok  0 changed  1 failed',
  },
  {
    host: 'db',
    stats: { unreachable: 1, skipped: 2, rescued: 3, ignored: 4 },
    line: 'db                         : ok=0    changed=0    unreachable=1    failed=0    skipped=2    rescued=3    ignored=4   ',
    words: 'db                   0 changed  2 skipped  3 rescued  4 ignored  1 unreachable',
  },
];

for (const { host, stats, line, words } of RECAPS)
  test(`recap of ${host}`, () => {
    assert.is(recapLine(host, { ...NONE, ...stats }, plain), line);
    assert.is(recapWords(host, { ...NONE, ...stats }, plain), words);
  });

const COLOURS: readonly (readonly [stats: Partial<HostStats>, code: string])[] = [
  [{ ok: 1 }, '\x1b[32m'],
  [{ ok: 1, changed: 1 }, '\x1b[33m'],
  [{ changed: 1, failed: 1 }, '\x1b[31m'],
  [{ ok: 1, unreachable: 1 }, '\x1b[31m'],
];

for (const [stats, code] of COLOURS)
  test(`a recap with ${Object.keys(stats).join(' and ')} has its colour`, () => {
    assert.ok(recapLine('h', { ...NONE, ...stats }, ansi()).startsWith(code));
  });

test.run();
