import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import {
  BLOCK,
  HANDLER,
  type IMPORT_PLAYBOOK,
  INCLUDE,
  type Keywords,
  LOOP_CONTROL,
  META_ACTIONS,
  PLAY,
  ROLE,
  TASK,
} from '../../lib/playbook/keywords.js';
import { folder } from './run-case.js';

/** The keywords of each level that some recorded playbook uses, and what it calls `meta` for. */
type Used = Map<string, Set<string>>;

function note(used: Used, level: string, keys: Iterable<string>): void {
  const known = used.get(level) ?? new Set();
  used.set(level, known);
  for (const key of keys) known.add(key);
}

type Dict = Record<string, unknown>;
const dicts = (list: unknown): Dict[] =>
  Array.isArray(list) ? list.filter((one): one is Dict => typeof one === 'object' && one !== null) : [];

function levelOf(task: Dict, handler: boolean): string {
  const names = [...Object.keys(task), String(task.action ?? '')].map((key) =>
    key.replace('ansible.builtin.', ''),
  );
  if ('block' in task) return 'block';
  if (names.some((name) => name.startsWith('include_') && name !== 'include_vars')) return 'include';
  return handler ? 'handler' : 'task';
}

function noteTasks(used: Used, list: unknown, handler = false): void {
  for (const task of dicts(list)) {
    note(used, levelOf(task, handler), Object.keys(task));
    if (task.loop_control) note(used, 'loop_control', Object.keys(task.loop_control));
    if (typeof task.meta === 'string') note(used, 'meta', [task.meta]);
    for (const part of ['block', 'rescue', 'always']) noteTasks(used, task[part], handler);
  }
}

function notePlay(used: Used, play: Dict): void {
  note(used, 'import_playbook' in play ? 'import_playbook' : 'play', Object.keys(play));
  for (const role of dicts(play.roles)) note(used, 'role', Object.keys(role));
  for (const part of ['pre_tasks', 'tasks', 'post_tasks']) noteTasks(used, play[part]);
  noteTasks(used, play.handlers, true);
}

function noteFile(used: Used, file: string): void {
  const list = dicts(parse(readFileSync(file, 'utf8'), { logLevel: 'silent', uniqueKeys: false }));
  const plays = list.some((one) => 'hosts' in one || 'import_playbook' in one);
  if (plays) for (const play of list) notePlay(used, play);
  else noteTasks(used, list, file.includes('/handlers/'));
}

const used: Used = new Map();
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.yml')) noteFile(used, join(folder, name));

/** Keywords whose effect no recorded run could show, and those that ansible-core 2.14 does not have. */
const SILENT = new Set(['debugger', 'fact_path', 'gather_timeout', 'collections', 'become_exe']);
const NEWER = new Set(['break_when', 'end_role']);

const LEVELS: Readonly<Record<string, Keywords>> = {
  play: PLAY,
  block: BLOCK,
  role: ROLE,
  task: TASK,
  handler: { notify: HANDLER.notify!, listen: HANDLER.listen!, when: HANDLER.when! },
  include: INCLUDE,
  loop_control: LOOP_CONTROL,
  import_playbook: { tags: 'any', vars: 'any', when: 'any', name: 'any' } satisfies Partial<
    typeof IMPORT_PLAYBOOK
  >,
  meta: Object.fromEntries(META_ACTIONS.map((action) => [action, 'any'])),
};

for (const [level, keywords] of Object.entries(LEVELS))
  test(`every keyword of level ${level} is in a playbook that was recorded`, () => {
    const names = Object.keys(keywords).filter((name) => !SILENT.has(name) && !NEWER.has(name));
    assert.equal(
      names.filter((name) => !used.get(level)?.has(name)),
      [],
    );
  });

test.run();
