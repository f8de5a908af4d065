import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame, Item, Play, Playbook, RoleUse, Task } from '../../playbook/tree.js';

/** Words of a task that may leave a file on the controller. */
const WORDS = /delegate_to|local_action|connection|localhost|127\.0\.0\.1|\bfetch\b|\bpipe\b|\bpassword['"]/;
const BRINGERS: ReadonlySet<string> = new Set(['fetch', 'synchronize', 'openssl_privatekey', 'archive']);

function framed(frame: Frame | undefined): boolean {
  for (let f = frame; f; f = f.parent)
    if (f.directives.has('delegate_to') || f.directives.has('connection')) return true;
  return false;
}

const says = (value: unknown): boolean =>
  typeof value === 'string'
    ? /\blookup\(|\bquery\(|\bq\(/.test(value) && WORDS.test(value)
    : Array.isArray(value)
      ? value.some(says)
      : value instanceof Map && [...value.values()].some(says);

function byTask(task: Task): boolean {
  return task.late !== undefined || BRINGERS.has(task.module) || says([...task.args.values()]);
}

/** What an include brings is not read yet; the folder that it is taken from is. */
function byInclude(frame: Frame): boolean {
  const dir = dirname(frame.file);
  return readdirSync(dir).some(
    (name) => /\.ya?ml$/.test(name) && WORDS.test(readFileSync(join(dir, name), 'utf8')),
  );
}

const byUse = (use: RoleUse): boolean =>
  [...use.tasks, ...use.handlers].some(byItem) || use.dependencies.some(byUse);

function byItem(item: Item): boolean {
  if (framed(item.frame)) return true;
  if (item.kind === 'block') return [...item.body, ...item.rescue, ...item.always].some(byItem);
  if (item.kind === 'role') return byUse(item.use);
  if (item.kind === 'include') return item.what === 'role' || byInclude(item.frame);
  return item.kind === 'task' && byTask(item);
}

function byPlay(play: Play): boolean {
  const hosts = [play.hosts.value].flat().map(String).join();
  if (/localhost|127\.0\.0\.1|\{\{/.test(hosts) || framed(play.frame)) return true;
  return [...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks, ...play.handlers].some(byItem);
}

/** Whether a run may put files on the controller, so that what is missing now may be there in time. */
export function mayWriteHere(playbooks: readonly Playbook[]): boolean {
  try {
    return playbooks.flatMap((playbook) => playbook.plays).some(byPlay);
  } catch {
    return true; // a folder that cannot be read may say anything
  }
}
