import type { AnyAuthMethod, BaseAgent, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import type { KeyRing, StoredKey } from './keys.js';
import type { Endpoint } from './resolve.js';

/** The ways to log in that will be tried, in order. `tried` describes those that were, for the error. */
export type Auth = {
  readonly next: (left: string[] | null, partial: boolean | null, decide: Decide) => void;
  readonly tried: () => readonly string[];
};

type Decide = (method: AnyAuthMethod | false) => void;

type Way = {
  readonly needs: 'publickey' | 'password' | 'keyboard-interactive';
  readonly label: string;
  readonly make: () => AnyAuthMethod | undefined | Promise<AnyAuthMethod | undefined>;
};

/** `waiting` is called with true before the operator is asked for something, and with false after. */
export async function prepareAuth(
  endpoint: Endpoint,
  ring: KeyRing,
  waiting: (on: boolean) => void,
): Promise<Auth> {
  const ways = await plan(endpoint, ring, waiting);
  const tried: string[] = [];
  const next = async (left: string[] | null): Promise<AnyAuthMethod | false> => {
    for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
      if (left !== null && !left.includes(way.needs)) continue;
      const method = await way.make();
      tried.push(method === undefined ? `${way.label} (locked)` : way.label);
      if (method !== undefined) return method;
    }
    return false;
  };
  return {
    next: (left, _partial, decide) => {
      next(left).then(decide, () => decide(false));
    },
    tried: () => tried,
  };
}

async function plan(endpoint: Endpoint, ring: KeyRing, waiting: (on: boolean) => void): Promise<Way[]> {
  const { user: username, password } = endpoint;
  const given =
    endpoint.privateKey === undefined ? [] : [ring.parse(endpoint.privateKey, 'ansible_private_key')];
  const named = await Promise.all(endpoint.identityFiles.map((file) => ring.load(file, true)));
  const some = given.length + named.length > 0;
  const found = some ? named : await Promise.all(endpoint.defaults.map((file) => ring.load(file, false)));
  const stored = [...given, ...found.filter((key) => key !== undefined)];
  const open = stored.filter((one) => one.key !== undefined);
  const locked = stored.filter((one) => one.key === undefined);
  const keyWay = (one: StoredKey, make: Way['make']): Way => ({
    needs: 'publickey',
    label: `key ${one.from}`,
    make,
  });
  const ways: Way[] = open.map((one) => keyWay(one, () => ({ type: 'publickey', username, key: one.key! })));
  if (endpoint.agent !== undefined && (!endpoint.identitiesOnly || locked.length > 0)) {
    const agent = filtered(endpoint.agent, endpoint.identitiesOnly ? stored : undefined);
    ways.push({ needs: 'publickey', label: 'agent', make: () => ({ type: 'agent', username, agent }) });
  }
  const unlock = async (one: StoredKey): Promise<AnyAuthMethod | undefined> => {
    waiting(true);
    const key = await ring.unlock(one).finally(() => waiting(false));
    return key && { type: 'publickey', username, key };
  };
  ways.push(...locked.map((one) => keyWay(one, () => unlock(one))));
  if (password === undefined) return ways;
  const answer = (prompts: readonly unknown[], finish: (answers: string[]) => void) =>
    finish(prompts.map(() => password));
  return [
    ...ways,
    { needs: 'password', label: 'password', make: () => ({ type: 'password', username, password }) },
    {
      needs: 'keyboard-interactive',
      label: 'keyboard-interactive',
      make: () => ({
        type: 'keyboard-interactive',
        username,
        prompt: (_name, _text, _language, prompts, finish) => answer(prompts, finish),
      }),
    },
  ];
}

// With IdentitiesOnly the agent may only offer the keys whose files were named: a server counts every offered key.
function filtered(socket: string, only: readonly StoredKey[] | undefined): BaseAgent | string {
  if (only === undefined) return socket;
  const agent = ssh2.createAgent(socket);
  const wanted = only.flatMap((one) => publicBlob(one.text) ?? []);
  const list = agent.getIdentities.bind(agent);
  agent.getIdentities = (done) =>
    list((error, keys) => {
      const blob = (key: NonNullable<typeof keys>[number]) => {
        const parsed = ssh2.utils.parseKey(key as string | Buffer | ParsedKey);
        return parsed instanceof Error ? Buffer.alloc(0) : parsed.getPublicSSH();
      };
      done(
        error,
        keys?.filter((key) => wanted.some((one) => one.equals(blob(key)))),
      );
    });
  return agent;
}

// An encrypted OpenSSH key holds its public half in clear: magic, cipher, kdf, its options, a count, then the blob.
function publicBlob(text: string): Buffer | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (body === undefined) return undefined;
  const data = Buffer.from(body, 'base64');
  let at = 'openssh-key-v1\0'.length;
  for (let field = 0; field < 3; field++) at += 4 + data.readUInt32BE(at);
  at += 4;
  return data.subarray(at + 4, at + 4 + data.readUInt32BE(at));
}
