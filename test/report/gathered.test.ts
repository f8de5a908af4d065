import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../lib/engine/event.js';
import { gathered } from '../../lib/report/gathered.js';

const result = { type: 'host-result' } as Event;
const other = { type: 'task-start' } as Event;

function sink() {
  const writes: string[] = [];
  const to = gathered({ out: (t) => writes.push(t), err: (t) => writes.push(`!${t}`) });
  let lines: string[] = [];
  const listen = to.around(() => {
    for (const line of lines.splice(0)) to.out(line);
  });
  const tell = (event: Event, ...said: string[]) => {
    lines = said;
    listen(event);
  };
  return { ...to, writes, tell };
}

test('lines of results are one write, at the end of the turn', async () => {
  const s = sink();
  for (const line of ['a', 'b', 'c']) s.tell(result, line);
  assert.equal(s.writes, []);
  await turn();
  assert.equal(s.writes, ['abc']);
  await turn();
  assert.equal(s.writes, ['abc']);
});

test('what is no result is written at once, after the lines before it', () => {
  const s = sink();
  s.tell(result, 'a');
  s.tell(other, 'b');
  assert.equal(s.writes, ['ab']);
  s.tell({ type: 'host-start' } as Event);
  s.tell(result, 'c');
  assert.equal(s.writes, ['ab']);
  s.flush();
  assert.equal(s.writes, ['ab', 'c']);
});

test('errors keep their place between the lines', () => {
  const s = sink();
  s.tell(result, 'a');
  s.err('e');
  s.tell(other, 'b');
  assert.equal(s.writes, ['a', '!e', 'b']);
});

test('many lines do not wait for the end of the turn', () => {
  const s = sink();
  const line = 'x'.repeat(1000);
  for (let i = 0; i < 200; i++) s.tell(result, line);
  assert.ok(s.writes.length > 0);
  s.flush();
  assert.is(s.writes.join('').length, 200_000);
  s.flush();
  assert.is(s.writes.join('').length, 200_000);
});

test.run();
