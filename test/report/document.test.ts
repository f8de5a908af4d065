import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../lib/engine/event.js';
import { jsonDocument } from '../../lib/report/document.js';

const pos = { file: '/p.yml', line: 3, col: 1 };
const task = {
  id: 7,
  name: 'greet',
  action: 'debug',
  role: 'r',
  handler: false,
  check: false,
  diff: false,
  noLog: false,
  pos,
  tags: [],
};
const stats = { ok: 1, changed: 0, unreachable: 0, failed: 1, skipped: 0, rescued: 0, ignored: 0 };
const EVENTS: readonly Event[] = [
  { type: 'play-start', name: 'one', hosts: ['a', 'b'], check: false, pos, time: 0 },
  { type: 'task-start', task, hosts: ['a', 'b'], time: 0 },
  {
    type: 'host-result',
    task,
    host: 'a',
    status: 'ok',
    ignored: false,
    loop: false,
    result: { msg: 'hi', n: { __number: '2.0' }, _ansible_verbose_always: true },
    time: 1,
  },
  {
    type: 'host-result',
    task,
    host: 'b',
    status: 'failed',
    ignored: false,
    loop: false,
    result: {},
    time: 1,
  },
  { type: 'recap', stats: new Map([['a', stats]]), custom: { n: 1 }, failed: true, time: 2 },
];

function printed(custom: boolean): { text: string; said: string[] } {
  const [out, said]: [string[], string[]] = [[], []];
  const listen = jsonDocument({ out: (t) => void out.push(t), err: (t) => void said.push(t), custom });
  for (const event of EVENTS) listen(event);
  listen({ type: 'warning', text: 'careful', time: 2 });
  assert.is(out.length, 1);
  return { text: out[0]!, said };
}

test('one document at the end', () => {
  const { text, said } = printed(true);
  const { plays, ...rest } = JSON.parse(text);
  assert.is(plays[0].play.name, 'one');
  assert.equal(plays[0].tasks[0].hosts, {
    a: { msg: 'hi', n: 2, action: 'debug' },
    b: { failed: true, action: 'debug' },
  });
  assert.is(plays[0].tasks[0].task.name, 'r : greet');
  assert.is(plays[0].tasks[0].task.path, '/p.yml:3');
  assert.match(text, '"n": 2.0');
  const { failed, ...counts } = stats;
  assert.equal(rest, {
    stats: { a: { ...counts, failures: failed } },
    custom_stats: {},
    global_custom_stats: { n: 1 },
  });
  assert.equal(said, ['[WARNING]: careful']);
});

test('custom stats only where they are asked for', () =>
  assert.equal(JSON.parse(printed(false).text).global_custom_stats, {}));

test.run();
