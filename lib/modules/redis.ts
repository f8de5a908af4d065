import type { JsonObject } from '../values/json.js';
import { ValueProblem } from '../values/problem.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { convertArgument } from './convert-argument.js';
import { defineModule, type PlanInfo } from './module.js';
import { change, failed, ok, type Plan } from './plan.js';
import { without } from './program.js';
import { parseInfo } from './redis/info.js';
import { asked, done, loginArgs, refused, told } from './redis/session.js';

const args = {
  ...loginArgs,
  command: {
    type: 'str',
    choices: ['config', 'flush', 'replica', 'slave'],
    doc: 'What to do: set an option, empty databases, or say whose replica the server is.',
  },
  name: { type: 'str', doc: 'The option, for config.' },
  value: { type: 'str', doc: 'Its value; sizes may have units.' },
  flush_mode: { type: 'str', default: 'all', choices: ['all', 'db'], doc: 'Empty all databases, or one.' },
  db: { type: 'int', doc: 'That one.' },
  replica_mode: {
    type: 'str',
    default: 'replica',
    choices: ['master', 'replica', 'slave'],
    aliases: ['slave_mode'],
    doc: 'Whether the server follows another one.',
  },
  master_host: { type: 'str', doc: 'The host of that one.' },
  master_port: { type: 'int', doc: 'Its port.' },
} as const satisfies ArgSpec;

type Args = ArgsOf<typeof args>;

/** A size with a unit in bytes, anything else as it is. */
function plainValue(value: string): string {
  if (!/^\s*\d*\.?\d*\s*[A-Za-z]*\s*$/.test(value)) return value;
  try {
    return String(convertArgument('bytes', value.toUpperCase()));
  } catch (error) {
    if (error instanceof ValueProblem) return value;
    throw error;
  }
}

/** Does what has to be done with a running Redis server. */
export const redis = defineModule({
  name: 'redis',
  collection: 'community.general',
  summary: 'Sets options of a Redis server, empties it, or makes it a replica.',
  args,
  returns: {
    name: 'the option, for config',
    value: 'its value as the server keeps it',
    mode: 'whom the server follows, for replica',
    flushed: 'whether it was emptied',
    db: 'the database that was emptied',
  },
  examples: `
- name: No more memory than that
  redis:
    command: config
    name: maxmemory
    value: 4GB
    login_password: "{{ redis_password }}"
`,
  queries: (a) => ({ now: asked(a, [probe(a)], a.command === 'flush' ? a.db : undefined) }),
  plan: (a, { now }, info) => {
    const wrong = missing(a);
    if (wrong !== undefined) return failed(wrong);
    const absent = without('redis-cli', 'redis-tools', now, info);
    if (absent) return absent;
    const got = told(now, 1);
    if ('failed' in got) return failed(`unable to connect to database: ${got.failed}`);
    const [said] = got.replies as [string];
    if (a.command === 'config') return planConfig(a, said);
    if (refused(said)) return failed(`unable to connect to database: ${said.trim()}`);
    return a.command === 'flush' ? planFlush(a) : planReplica(a, parseInfo(said), info);
  },
});

function probe(a: Args): string[] {
  return a.command === 'config' ? ['CONFIG', 'GET', a.name ?? ''] : ['INFO'];
}

function missing(a: Args): string | undefined {
  if (a.command === undefined) return 'A valid command must be provided';
  if (a.command === 'flush')
    return a.flush_mode === 'db' && a.db === undefined
      ? 'In db mode the db number must be provided'
      : undefined;
  if (a.command === 'config')
    return a.name === undefined || a.value === undefined ? 'config needs a name and a value' : undefined;
  if (a.replica_mode === 'master') return undefined;
  if (!a.master_host) return 'In replica mode master host must be provided';
  return a.master_port ? undefined : 'In replica mode master port must be provided';
}

function planConfig(a: Args, said: string): Plan {
  const name = a.name ?? '';
  const value = plainValue(a.value ?? '');
  if (refused(said)) return failed(`unable to read config: ${said.trim()}`);
  const at = said.indexOf('\n');
  if (at < 0 || said.trim() === '') return failed(`unable to read config: there is no option '${name}'`);
  const before = said.slice(at + 1).replace(/\n$/, '');
  const result = { name, value };
  if (before === value) return ok('the option is as wished', result);
  return change('another value', [done(a, ['CONFIG', 'SET', name, value])], {
    result,
    diff: [{ before: { [name]: before }, after: { [name]: value } }],
    explain: (_, outcome) => `unable to write config: ${outcome.stderr.toString('utf8').trim()}`,
  });
}

function planFlush(a: Args): Plan {
  const one = a.flush_mode === 'db';
  const result: JsonObject = { flushed: true, ...(one ? { db: a.db } : {}) };
  const action = done(a, [one ? 'FLUSHDB' : 'FLUSHALL'], one ? a.db : undefined);
  const what = one ? `'${a.db}' database` : 'all databases';
  return change('emptied', [action], {
    result,
    explain: (_, outcome) => `Unable to flush ${what}: ${outcome.stderr.toString('utf8').trim()}`,
  });
}

function planReplica(a: Args, now: JsonObject, { host }: PlanInfo): Plan {
  const follows = now.role === 'slave';
  const before = follows ? `${now.master_host}:${now.master_port}` : 'master';
  if (a.replica_mode === 'master') {
    if (!follows) return ok(`${host} follows nobody`, { mode: 'master' });
    return change('it follows nobody any more', [done(a, ['SLAVEOF', 'NO', 'ONE'])], {
      result: { mode: 'master' },
      diff: [{ before: { mode: before }, after: { mode: 'master' } }],
      explain: (_, outcome) => `Unable to set master mode: ${outcome.stderr.toString('utf8').trim()}`,
    });
  }
  const [master_host, master_port] = [a.master_host!, a.master_port!];
  const mode = { status: 'replica', master_host, master_port };
  // A name of digits alone has become a number.
  if (follows && String(now.master_host) === master_host && now.master_port === master_port)
    return ok('it follows that server', { mode });
  return change('it follows another server', [done(a, ['SLAVEOF', master_host, String(master_port)])], {
    result: { mode },
    diff: [{ before: { mode: before }, after: { mode: `${master_host}:${master_port}` } }],
    explain: (_, outcome) => `Unable to set replica mode: ${outcome.stderr.toString('utf8').trim()}`,
  });
}
