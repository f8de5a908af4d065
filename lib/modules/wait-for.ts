import { setTimeout } from 'node:timers/promises';
import { quote } from '../node/quote.js';
import { pattern } from '../template/regex/pattern.js';
import type { Json, JsonObject } from '../values/json.js';
import { openRelay } from './http/relay.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { patiently } from './wait/patience.js';
import { activeConnections, portProbe, STATES } from './wait/probe.js';

/** Waits for a port, a file, a text in one of them, or the end of connections. */
export const waitFor = defineModule({
  name: 'wait_for',
  summary: 'Waits until a port, a file, a text or open connections are as they should be.',
  args: {
    host: { type: 'str', default: '127.0.0.1', doc: 'The host, as the node resolves it.' },
    port: { type: 'int', doc: 'The TCP port.' },
    path: { type: 'path', doc: 'The file.' },
    state: {
      type: 'str',
      default: 'started',
      choices: ['absent', 'drained', 'present', 'started', 'stopped'],
      doc: 'What is waited for.',
    },
    search_regex: { type: 'str', doc: 'What the file must hold, or the port must say.' },
    timeout: { type: 'int', default: 300, doc: 'Seconds after which it fails.' },
    connect_timeout: { type: 'int', default: 5, doc: 'Seconds that one connection may take.' },
    delay: { type: 'int', default: 0, doc: 'Seconds before the first try.' },
    sleep: { type: 'int', default: 1, doc: 'Seconds between tries.' },
    active_connection_states: {
      type: 'list',
      elements: 'str',
      default: ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2', 'SYN_RECV', 'SYN_SENT', 'TIME_WAIT'],
      doc: 'States that count as active, for drained.',
    },
    exclude_hosts: { type: 'list', elements: 'str', doc: 'Addresses that do not count, for drained.' },
    msg: { type: 'str', doc: 'What to say when time runs out.' },
  },
  returns: {
    elapsed: 'seconds',
    match_groups: 'groups of search_regex',
    match_groupdict: 'named groups of search_regex',
  },
  examples: `
- name: The application listens
  wait_for:
    port: 8000
    timeout: 60
`,
  check: 'skip',
  run: (info) => wait(info),
});

type WaitArgs = {
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly state: 'absent' | 'drained' | 'present' | 'started' | 'stopped';
  readonly search_regex?: string;
  readonly timeout: number;
  readonly connect_timeout: number;
  readonly delay: number;
  readonly sleep: number;
  readonly active_connection_states: readonly string[];
  readonly exclude_hosts?: readonly string[];
  readonly msg?: string;
};
type Info = Pick<RunInfo, 'node' | 'become' | 'signal'> & { readonly args: WaitArgs };

function refusal(args: WaitArgs): string | undefined {
  const only = 'should only be used for checking a port in the wait_for module';
  const strange = args.active_connection_states.find((s) => STATES[s] === undefined);
  if (args.port && args.path) return 'port and path parameter can not both be passed to wait_for';
  if (args.path && args.state === 'stopped') return `state=stopped ${only}`;
  if (args.path && args.state === 'drained') return `state=drained ${only}`;
  if (args.exclude_hosts && args.state !== 'drained')
    return 'exclude_hosts should only be with state=drained';
  return strange === undefined ? undefined : `unknown active_connection_state (${strange}) defined`;
}

async function sh(info: Info, line: string) {
  return info.node.run({ line }, info.become);
}

function groups(args: WaitArgs, text: string): JsonObject | undefined {
  if (args.search_regex === undefined) return {};
  const regex = pattern(args.search_regex, { m: true });
  const match = regex.search(text);
  if (!match) return undefined;
  const all = match.groups.map((g): Json => g ?? null);
  const named = [...regex.names].map(([name, number]) => [name, all[number] ?? null] as const);
  return { match_groups: all.slice(1), match_groupdict: Object.fromEntries(named) };
}

async function attempt(info: Info, remaining: number): Promise<JsonObject | undefined> {
  const { args } = info;
  const gone = args.state === 'absent' || args.state === 'stopped';
  if (args.path !== undefined) {
    const look = args.search_regex === undefined || gone ? '' : ` && cat ${quote(args.path)}`;
    const { rc, stdout } = await sh(info, `[ -e ${quote(args.path)} ]${look}`);
    if (gone) return rc === 0 ? undefined : {};
    return rc === 0 ? groups(args, stdout.toString('utf8')) : undefined;
  }
  const port = args.port ?? 0;
  if (args.state === 'drained') {
    const { stdout } = await sh(
      info,
      `getent ahosts ${quote(args.host)} | cut -d' ' -f1 | sort -u; echo --; cat /proc/net/tcp /proc/net/tcp6 2>/dev/null`,
    );
    const [hosts = '', table = ''] = stdout.toString('utf8').split('--\n');
    const wanted = { hosts: [args.host, ...hosts.split('\n')], port, states: args.active_connection_states };
    return activeConnections(table, { ...wanted, exclude: args.exclude_hosts ?? [] }) === 0 ? {} : undefined;
  }
  const seconds = Math.max(1, Math.min(args.connect_timeout, remaining));
  if (args.search_regex !== undefined && !gone) return listen(info, port, remaining);
  const { rc } = await sh(info, portProbe(args.host, port, seconds));
  if (rc === 96) throw new Error('none of bash, nc and perl is on the node');
  return (rc === 0) === gone ? undefined : {};
}

/** Listens to what a port says until it matches, for so many seconds at most. */
async function listen(info: Info, port: number, seconds: number): Promise<JsonObject | undefined> {
  const relay = await openRelay(info.node, info.become, { host: info.args.host, port });
  const timer = globalThis.setTimeout(() => relay.socket.destroy(), seconds * 1000);
  try {
    let said = '';
    for await (const chunk of relay.socket) {
      said += (chunk as Buffer).toString('latin1');
      const found = groups(info.args, said);
      if (found) return found;
    }
    return undefined;
  } catch {
    // A connection that ends early is one more try.
    return undefined;
  } finally {
    clearTimeout(timer);
    await relay.close();
  }
}

function late(args: WaitArgs): string {
  const place = args.path ?? `${args.host}:${args.port}`;
  if (args.state === 'drained') return `Timeout when waiting for ${place} to drain`;
  if (args.state === 'absent' || args.state === 'stopped')
    return `Timeout when waiting for ${place} to ${args.path === undefined ? 'stop.' : 'be absent.'}`;
  if (args.search_regex !== undefined)
    return `Timeout when waiting for search string ${args.search_regex} in ${place}`;
  return `Timeout when waiting for ${args.path === undefined ? '' : 'file '}${place}`;
}

async function wait(info: Info): Promise<ModuleResult> {
  const { args, signal } = info;
  const no = refusal(args);
  if (no !== undefined) return { failed: true, changed: false, elapsed: 0, msg: no };
  const base: JsonObject = {
    state: args.state,
    port: args.port ?? null,
    path: args.path ?? null,
    search_regex: args.search_regex ?? null,
    match_groups: [],
    match_groupdict: {},
  };
  if (args.port === undefined && args.path === undefined && args.state !== 'drained') {
    const elapsed = args.delay + args.timeout;
    await setTimeout(elapsed * 1000, undefined, { signal });
    return { ...base, changed: false, elapsed };
  }
  const { elapsed, found } = await patiently(args, signal, (remaining) => attempt(info, remaining));
  if (found === undefined) return { failed: true, changed: false, elapsed, msg: args.msg ?? late(args) };
  return { ...base, ...found, changed: false, elapsed };
}
