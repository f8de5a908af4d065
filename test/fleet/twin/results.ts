import type { Json, JsonObject } from '../../../lib/values/json.js';

/** What one task (or one item of its loop) came to on a host. */
export type Told = { readonly task: string; readonly state: string; readonly result: JsonObject };

// Times, inodes and places differ between two nodes, and so do words that a kernel or a daemon chose.
const VARYING = new Set([
  ...[
    'atime',
    'mtime',
    'ctime',
    'birthtime',
    'inode',
    'dev',
    'device',
    'start',
    'end',
    'delta',
    'elapsed',
    'blocks',
  ],
  ...[
    'cache_update_time',
    'cache_updated',
    'version',
    'block_size',
    'ssh_fingerprint',
    'device_type',
    'status',
  ],
]);

/** A value with what varies replaced by its type, and what is made by chance by a mark. */
export function steady(value: Json | undefined, name = ''): Json {
  if (value === undefined) return null;
  if (VARYING.has(name)) return `(${value === null ? 'null' : typeof value})`;
  if (typeof value === 'string')
    return value
      .replace(/\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~/g, '.(backup)')
      .replace(/(\/tmp\/ansible\.|\/dir\.)\w+/g, '$1(random)');
  if (Array.isArray(value)) {
    const all = value.map((one) => steady(one, name));
    // Found files come in the order of the folder, which is nobody's.
    return name === 'files' ? all.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : all;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, steady(value[key], key)]),
  );
}

function stateOf(result: JsonObject): string {
  const states = ['failed', 'skipped', 'changed'].filter((name) => result[name] === true);
  return states.join(' ') || 'ok';
}

function told(task: string, result: JsonObject): Told[] {
  const items = Array.isArray(result.results) ? (result.results as JsonObject[]) : [result];
  return items.map((one) => ({ task, state: stateOf(one), result: one }));
}

/** Reads what `--output json` printed. */
export function readOurs(stdout: string): Told[] {
  type Event = { type: string; task?: { name: string }; result?: JsonObject };
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Event);
  return events
    .filter((event) => event.type === 'host-result')
    .flatMap((event) => told(event.task?.name ?? '', event.result ?? {}));
}

/** Reads what ansible-playbook printed with its callback `json`. */
export function readTheirs(stdout: string): Told[] {
  type Task = { task: { name: string }; hosts: Record<string, JsonObject> };
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { plays: { tasks: Task[] }[] };
  return report.plays.flatMap((play) =>
    play.tasks.flatMap(({ task, hosts }) =>
      Object.values(hosts).flatMap((result) => told(task.name, result)),
    ),
  );
}
