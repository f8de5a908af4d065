import type { Duplex } from 'node:stream';
import type SSHConfig from 'ssh-config';
import type { Client } from 'ssh2';
import { FfeError } from '../../errors/error.js';
import { quote } from '../quote.js';
import type { AskPassphrase, Target } from '../target.js';
import type { Transport } from '../transport.js';
import { parseSshArgs } from './args.js';
import { loadSshConfig } from './config.js';
import { createKnownHosts } from './host-key.js';
import { createKeyRing } from './keys.js';
import { type Identity, login } from './login.js';
import { type Endpoint, resolveEndpoint } from './resolve.js';
import { proxySocket, tcpSocket } from './socket.js';
import { sshTransport } from './transport.js';

/** What the connections of one run share: files that are read once, passphrases that are asked for once. */
type Shared = Identity & { config(file: string | undefined): Promise<SSHConfig> };

function share(ask: AskPassphrase | undefined): Shared {
  const configs = new Map<string | undefined, Promise<SSHConfig>>();
  return {
    ring: createKeyRing(ask),
    known: createKnownHosts(),
    config: (file) => {
      const loaded = configs.get(file) ?? loadSshConfig(file);
      configs.set(file, loaded);
      return loaded;
    },
  };
}

/**
 * Makes what connects to targets over SSH, through their jump hosts; the connections share what was read and asked.
 * It rejects with code 'unreachable', 'host-key' or 'auth'.
 */
export function createDial(ask?: AskPassphrase): (target: Target) => Promise<Transport> {
  const shared = share(ask);
  return async (target) => {
    const endpoint = await resolve(target, shared);
    const connect = () => reach(target, endpoint, shared, []);
    return sshTransport(endpoint, await connect(), connect);
  };
}

const configFile = (target: Target) => parseSshArgs(target.sshArgs).get('configfile')?.[0];

async function resolve(target: Target, shared: Shared): Promise<Endpoint> {
  return resolveEndpoint(target, await shared.config(configFile(target)));
}

async function reach(
  target: Target,
  endpoint: Endpoint,
  shared: Shared,
  via: readonly string[],
): Promise<Client> {
  const hop = endpoint.jumps.at(-1);
  if (hop !== undefined) return reachThrough(target, endpoint, shared, hop, via);
  if (endpoint.proxyCommand === undefined) return login(endpoint, shared, tcpSocket);
  const proxy = proxySocket(endpoint.proxyCommand);
  return login(endpoint, shared, async () => proxy.socket).catch(async (error: unknown) => {
    const said = await proxy.said();
    if (error instanceof FfeError && said !== '') error.notes.push(`ProxyCommand: ${said}`);
    throw error;
  });
}

// As with ssh -J, a jump host is looked up in the config file by its own name; only what checks and proves identity is
// handed on to it.
async function reachThrough(
  target: Target,
  endpoint: Endpoint,
  shared: Shared,
  hop: string,
  via: readonly string[],
): Promise<Client> {
  if (via.includes(hop)) {
    const chain = [...via, hop].join(' -> ');
    throw new FfeError('bad-value', `${target.name}: the jump hosts lead back to themselves: ${chain}`);
  }
  const gateTarget = gateOf(target, endpoint, hop);
  const gate = await reach(gateTarget, await resolve(gateTarget, shared), shared, [...via, hop]);
  const forwarded = async (to: Endpoint): Promise<Duplex> =>
    new Promise((done, fail) => {
      gate.forwardOut('127.0.0.1', 0, to.host, to.port, (error, stream) =>
        error ? fail(error) : done(stream),
      );
    });
  gate.on('error', () => {});
  try {
    const client = await login(endpoint, shared, forwarded);
    client.once('close', () => gate.end());
    gate.once('close', () => client.destroy());
    return client;
  } catch (error) {
    gate.end();
    throw error;
  }
}

function gateOf(target: Target, endpoint: Endpoint, hop: string): Target {
  const match = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(hop);
  if (match === null)
    throw new FfeError('bad-value', `${target.name}: '${hop}' is not a jump host`, {
      hint: 'expected [user@]host[:port]',
    });
  const [, user, host, port] = match;
  const before = endpoint.jumps.slice(0, -1).join(',');
  const config = configFile(target);
  return {
    name: host!,
    connection: 'ssh',
    host: host!.replace(/^\[|\]$/g, ''),
    port: port === undefined ? undefined : Number(port),
    user,
    identityFiles: target.identityFiles,
    privateKey: target.privateKey,
    sshArgs: config === undefined ? undefined : `-F ${quote(config)}`,
    proxyJump: before === '' ? undefined : before,
    hostKeyChecking: endpoint.hostKeyChecking,
    knownHostsFiles: endpoint.knownHostsFiles,
    timeout: endpoint.timeout,
    keepalive: endpoint.keepalive,
  };
}
