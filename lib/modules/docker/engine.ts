import { quote, quoteAll } from '../../node/quote.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import { type ClientArgs, dockerWords } from './client-args.js';
import { jsonOf, type Reply, type Request, refusal, replies, written } from './http.js';

const NOT_FOUND = 127;
const TIMED_OUT = 124;

/** The engine of a node, reached by the docker command there. */
export type Engine = {
  /** Sends requests over one connection, in one round trip. */
  readonly send: (requests: readonly Request[], wait?: number) => Promise<Reply[]>;
  /** What these paths hold, freshly; undefined where there is nothing. Other refusals end the task. */
  readonly get: (...paths: readonly string[]) => Promise<(Json | undefined)[]>;
  /** The same for one path that holds an object. */
  readonly object: (path: string) => Promise<JsonObject | undefined>;
  /** A request that must be granted; `doing` begins what is said when it is not. `wait`: further seconds, -1 without end. */
  readonly call: (request: Request, doing: string, wait?: number) => Promise<Json | undefined>;
  /** The docker command with these words. */
  readonly run: (
    words: readonly string[],
    options?: {
      readonly stdin?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly cwd?: string;
    },
  ) => Promise<{ readonly rc: number; readonly out: string; readonly err: string }>;
};

/**
 * The piece of sh that is a connection to the engine: `docker system dial-stdio` joins it to its own streams, whatever the
 * engine's address is. The fifo keeps its input open until the engine has answered: a server takes a closed one for a
 * client that has gone, and drops what it is doing. Requests go in by stdin, so no value shows in any list of processes.
 */
export function dialScript(words: readonly string[], seconds: number): string {
  const limit = seconds < 0 ? [] : ['timeout', String(seconds)];
  const dial = quoteAll([...limit, ...words, 'system', 'dial-stdio']);
  return [
    'd=$(mktemp -d) && mkfifo -m 600 "$d/in" || exit 125',
    `${dial} <"$d/in" &`,
    'exec 9>"$d/in"; rm -r "$d"; cat >&9; wait $!',
  ].join('\n');
}

function unreached(rc: number, stderr: string, seconds: number): StepError {
  if (rc === NOT_FOUND)
    return new StepError(
      'Failed to find required executable "docker" on the node; Debian\'s package docker.io has it',
    );
  if (rc === TIMED_OUT) return new StepError(`The Docker engine did not answer within ${seconds} seconds`);
  const said = stderr.trim().replace(/^unable to [^:]*: /, '');
  return new StepError(`Error connecting to the Docker engine: ${said || `docker ended with ${rc}`}`);
}

type Where = Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal'>;

function exported(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([k, v]) => `export ${k}=${quote(v)}\n`)
    .join('');
}

/** The engine that a task's arguments lead to. */
export function engineOf(info: Where, a: ClientArgs): Engine {
  if (a.tls_hostname !== undefined)
    throw new StepError('tls_hostname cannot be handed on: the docker command has no option for it');
  const words = dockerWords(a);
  const send: Engine['send'] = async (requests, wait = 0) => {
    const seconds = wait < 0 ? -1 : a.timeout + wait;
    const line = dialScript(words, seconds);
    const stdin = written(requests, a.api_version);
    const reading = requests.every((r) => r.method === 'GET');
    const done = await trip(info, { line, stdin, reading, long: wait !== 0 });
    const got = replies(done.stdout);
    if (got.length < requests.length) throw unreached(done.rc, done.stderr.toString('utf8'), seconds);
    return got;
  };
  const get: Engine['get'] = async (...paths) => {
    if (paths.length === 0) return [];
    const got = await send(paths.map((path) => ({ method: 'GET', path })));
    return got.map((reply, i) => {
      if (reply.status === 404) return undefined;
      if (reply.status >= 400) throw new StepError(`Error looking at ${paths[i]}: ${refusal(reply)}`);
      return jsonOf(reply);
    });
  };
  return {
    send,
    get,
    object: async (path) => objectOf((await get(path))[0]),
    call: async (request, doing, wait) => {
      const [reply] = await send([request], wait);
      if (reply!.status >= 400) throw new StepError(`${doing}: ${refusal(reply!)}`);
      return jsonOf(reply!);
    },
    run: async (more, { stdin, env, cwd } = {}) => {
      const done = await info.node.exec(
        {
          argv: [...words, ...more],
          env: { ...info.environment, ...env },
          cwd,
          stdin: Buffer.from(stdin ?? ''),
          signal: info.signal,
        },
        info.become,
      );
      if (done.rc === NOT_FOUND) throw unreached(done.rc, '', 0);
      return { rc: done.rc, out: done.stdout.toString('utf8'), err: done.stderr.toString('utf8') };
    },
  };
}

type Trip = { line: string; stdin: string; reading: boolean; long: boolean };

/** What only reads leaves the answers about everything else on the node as they are. */
async function trip(info: Where, { line, stdin, reading, long }: Trip) {
  if (reading && !long) {
    const script = exported(info.environment) + line;
    const { answers } = await info.node.apply([], [{ kind: 'read', script, stdin }], info.become);
    const [answer] = answers;
    if (answer?.kind === 'read') return answer;
  }
  const { environment: env, signal } = info;
  const command = { line, env, stdin: Buffer.from(stdin), signal };
  return long ? info.node.exec(command, info.become) : info.node.run(command, info.become);
}

/** A JSON object, or undefined for anything else. */
export function objectOf(value: Json | undefined): JsonObject | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}

/** The objects of a JSON list. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf).filter((v) => v !== undefined) : [];
}
