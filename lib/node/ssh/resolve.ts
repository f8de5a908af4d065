import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type SSHConfig from 'ssh-config';
import { FfeError } from '../../errors/error.js';
import type { HostKeyChecking, Target } from '../target.js';
import { parseSshArgs, type SshOptions } from './args.js';
import { expandHome, optionsFor } from './config.js';

/** Everything that is decided before a connection is made. Times are in seconds, paths are absolute. */
export type Endpoint = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly privateKey: string | undefined;
  /** Key files that were named; when none was, `defaults` are tried. */
  readonly identityFiles: readonly string[];
  readonly defaults: readonly string[];
  readonly identitiesOnly: boolean;
  /** Socket of the agent. */
  readonly agent: string | undefined;
  readonly jumps: readonly string[];
  readonly proxyCommand: string | undefined;
  readonly hostKeyChecking: HostKeyChecking;
  readonly hostKeyAlias: string | undefined;
  /** Where new keys are added is the first. */
  readonly knownHostsFiles: readonly string[];
  readonly hashKnownHosts: boolean;
  readonly timeout: number;
  readonly keepalive: { readonly interval: number; readonly count: number };
};

const DEFAULT_KEYS = ['id_ed25519', 'id_rsa', 'id_ecdsa'];
const OWN_KNOWN = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
const GLOBAL_KNOWN = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];

/** Puts together what the target, ssh arguments, the config file and ssh's defaults say, in this order. */
export function resolveEndpoint(target: Target, config: SSHConfig): Endpoint {
  const args = parseSshArgs(target.sshArgs);
  const alias = target.host ?? target.name;
  const file = optionsFor(config, alias, target.user);
  const first = (name: string) => args.get(name)?.[0] ?? file.get(name)?.[0];
  const host = (first('hostname') ?? alias).replaceAll('%h', alias).replaceAll('%%', '%');
  const port = target.port ?? number(first('port'), 'Port') ?? 22;
  const user = target.user ?? first('user') ?? userInfo().username;
  const tokens = {
    '%': '%',
    h: host,
    n: alias,
    p: String(port),
    r: user,
    u: userInfo().username,
    d: homedir(),
  };
  const fill = (text: string) =>
    text.replace(/%([%hnprud])/g, (_, letter: string) => tokens[letter as keyof typeof tokens]);
  const proxyCommand = first('proxycommand');
  const jump = target.proxyJump ?? first('proxyjump');
  return {
    name: target.name,
    host,
    port,
    user,
    password: target.password,
    privateKey: target.privateKey,
    identityFiles: identities(target, args, file).map((path) => expandHome(fill(path))),
    defaults: DEFAULT_KEYS.map((name) => join(homedir(), '.ssh', name)),
    identitiesOnly: first('identitiesonly')?.toLowerCase() === 'yes',
    agent: agentSocket(first('identityagent')),
    jumps:
      jump === undefined || jump.toLowerCase() === 'none' ? [] : jump.split(',').map((hop) => hop.trim()),
    proxyCommand: proxyCommand?.toLowerCase() === 'none' ? undefined : proxyCommand && fill(proxyCommand),
    hostKeyAlias: first('hostkeyalias'),
    ...hostKeys(target, args, file),
    hashKnownHosts: first('hashknownhosts')?.toLowerCase() === 'yes',
    timeout: target.timeout ?? number(first('connecttimeout'), 'ConnectTimeout') ?? 10,
    keepalive: target.keepalive ?? {
      interval: number(first('serveraliveinterval'), 'ServerAliveInterval') ?? 15,
      count: number(first('serveralivecountmax'), 'ServerAliveCountMax') ?? 3,
    },
  };
}

function number(text: string | undefined, option: string): number | undefined {
  if (text === undefined || text.toLowerCase() === 'none') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new FfeError('bad-value', `ssh option ${option}: expected a number, found '${text}'`);
}

function identities(target: Target, args: SshOptions, file: SshOptions): readonly string[] {
  const all = [target.identityFiles, args.get('identityfile'), file.get('identityfile')];
  return [...new Set(all.flatMap((paths) => paths ?? []))].filter((path) => path.toLowerCase() !== 'none');
}

function agentSocket(option: string | undefined): string | undefined {
  if (option === undefined || option === 'SSH_AUTH_SOCK') return process.env.SSH_AUTH_SOCK || undefined;
  if (option.toLowerCase() === 'none') return undefined;
  return option.startsWith('$') ? process.env[option.replace(/[${}]/g, '')] : expandHome(option);
}

// Here what a host's own arguments say outweighs the target: the latter often is a default of the whole run.
function hostKeys(target: Target, args: SshOptions, file: SshOptions) {
  const said = checking(args.get('stricthostkeychecking')?.[0]);
  const files = (name: string) => args.get(name)?.[0]?.split(/\s+/);
  const own = files('userknownhostsfile') ?? target.knownHostsFiles ?? file.get('userknownhostsfile');
  const global = files('globalknownhostsfile') ?? file.get('globalknownhostsfile') ?? GLOBAL_KNOWN;
  return {
    hostKeyChecking:
      said ?? target.hostKeyChecking ?? checking(file.get('stricthostkeychecking')?.[0]) ?? 'strict',
    knownHostsFiles: [...(own ?? OWN_KNOWN), ...global].map(expandHome),
  };
}

function checking(text: string | undefined): HostKeyChecking | undefined {
  if (text === undefined) return undefined;
  const word = text.toLowerCase();
  if (word === 'no' || word === 'off' || word === 'false') return 'off';
  return word === 'accept-new' ? 'accept-new' : 'strict';
}
