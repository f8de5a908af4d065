import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event, TaskInfo } from '../../lib/engine/event.js';
import { type Timing, timed } from '../../lib/report/timing.js';

const task = (name: string, role?: string): TaskInfo => ({
  ...{
    id: 1,
    name,
    action: 'debug',
    role,
    handler: false,
    check: false,
    diff: false,
    noLog: false,
    tags: [],
  },
  pos: { file: 'a.yml', line: 1, col: 1 },
});
const start = (time: number, name: string, role?: string): Event => ({
  ...{ type: 'task-start', time, hosts: [] },
  task: task(name, role),
});
const RUN: readonly Event[] = [
  start(0, 'short', 'web'),
  start(1500, 'long', 'web'),
  start(61_500, 'alone'),
  { type: 'recap', stats: new Map(), custom: {}, failed: false, time: 93_784_250 },
];

/** What is told, with the time of day taken out. */
function told(...wanted: Timing[]): string[] {
  const lines: string[] = [];
  const listen = timed(
    () => undefined,
    wanted,
    (text) => lines.push(...text.split('\n')),
  );
  for (const event of RUN) listen(event);
  return lines.map((line) => line.replace(/^\w+ \d\d \w+ \d{4} {2}\d\d:\d\d:\d\d /, 'NOW '));
}

test('the run as a whole', () => {
  assert.equal(told('timer'), ['Playbook run took 1 days, 2 hours, 3 minutes, 4 seconds']);
});

test('how much of it packages and services took', () => {
  const lines: string[] = [];
  const listen = timed(
    () => undefined,
    ['shares'],
    (text) => lines.push(text),
  );
  const did = (time: number, action: string): Event => {
    const event = start(time, action);
    return event.type === 'task-start' ? { ...event, task: { ...event.task, action } } : event;
  };
  const recap: Event = { type: 'recap', stats: new Map(), custom: {}, failed: false, time: 10_000 };
  for (const event of [
    did(0, 'debug'),
    did(1000, 'ansible.builtin.apt'),
    did(7000, 'systemd'),
    did(8000, 'apt'),
    did(8500, 'copy'),
    recap,
  ])
    listen(event);
  assert.equal(lines, [
    'Playbook run took 10.0 s: packages 6.5 s (65 %), services 1.0 s (10 %), the rest 2.5 s (25 %)',
  ]);
});

test('tasks, the longest first, and the time at each', () => {
  const lines = told('profile_tasks');
  assert.equal(
    lines.slice(0, 3).map((line) => line.replace(/ \*+ $/, '')),
    [
      'NOW +0000 (0:00:00.000)       0:00:00.000',
      'NOW +0000 (0:00:01.500)       0:00:01.500',
      'NOW +0000 (0:01:00.000)       0:01:01.500',
    ],
  );
  assert.is(lines[4], `${'='.repeat(79)} `);
  assert.equal(lines.slice(5), [
    `alone ${'-'.repeat(64)} 93722.75s`,
    `web : long ${'-'.repeat(61)} 60.00s`,
    `web : short ${'-'.repeat(61)} 1.50s`,
  ]);
});

test('roles, and modules where there is none', () => {
  const names = told('profile_roles')
    .slice(5)
    .map((line) => line.replace(/ ?[-~].*/, ''));
  assert.equal(names, ['debug', 'web', '', 'total']);
});

test('nothing unless it is asked for', () => {
  assert.equal(told(), []);
});

test.run();
