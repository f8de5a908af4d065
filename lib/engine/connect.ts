import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Become } from '../node/become.js';
import type { Node } from '../node/node.js';
import type { LayeredScope } from '../vars/scope.js';
import { currentNode } from './current-node.js';
import { asBool, asText, type Keyword } from './evaluate.js';
import type { Run } from './state.js';

/** Where and how a host is reached, evaluated from its variables, the play's keywords and the command line. */
export type ConnectionSettings = {
  readonly name: string;
  readonly connection: 'ssh' | 'local';
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly privateKeyFile?: string;
  readonly privateKey?: string;
  readonly sshArgs?: string;
  readonly timeout?: number;
  readonly hostKeyChecking?: 'strict' | 'accept-new' | 'off';
  readonly shell?: string;
  /** Of a local connection: the folder where programs start, that of the playbook as in Ansible. */
  readonly cwd?: string;
};

const KINDS: Readonly<Record<string, 'ssh' | 'local'>> = {
  ssh: 'ssh',
  smart: 'ssh',
  paramiko: 'ssh',
  paramiko_ssh: 'ssh',
  local: 'local',
  'ansible.builtin.ssh': 'ssh',
  'ansible.builtin.local': 'local',
};

const isLocalName = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host);

function kindOf(name: string): 'ssh' | 'local' {
  const kind = KINDS[name];
  if (kind) return kind;
  throw new FfeError(
    'unsupported',
    `connection '${name}' is not supported${didYouMean(name, Object.keys(KINDS))}`,
    { hint: 'connections are ssh and local' },
  );
}

function variable(scope: LayeredScope, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = asText(scope, name);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function checking(scope: LayeredScope, run: Run): ConnectionSettings['hostKeyChecking'] {
  const value = variable(scope, 'ansible_ssh_host_key_checking', 'ansible_host_key_checking');
  if (value === undefined) return run.options.connection.hostKeyChecking;
  return /^(false|no|off|0)$/i.test(value) ? 'off' : value === 'accept-new' ? 'accept-new' : 'strict';
}

/**
 * The settings for a host. Variables (`ansible_host` and its kin) win over keywords, keywords over the command line, as
 * in Ansible. A host outside the inventory that names this machine is reached without ssh.
 */
export function connectionSettings(
  run: Run,
  host: string,
  scope: LayeredScope,
  keyword: Keyword,
): ConnectionSettings {
  const defaults = run.options.connection;
  const implicit = isLocalName(host) && !run.inventory.hosts.has(host) ? 'local' : undefined;
  const kind =
    variable(scope, 'ansible_connection') ??
    implicit ??
    keyword('connection') ??
    defaults.connection ??
    'ssh';
  const port = variable(scope, 'ansible_port', 'ansible_ssh_port') ?? keyword('port') ?? defaults.port;
  const timeout = variable(scope, 'ansible_ssh_timeout', 'ansible_timeout');
  const password =
    variable(scope, 'ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password') ?? defaults.password;
  if (password !== undefined) run.redactor.add(password);
  const args = [
    defaults.sshArgs,
    variable(scope, 'ansible_ssh_args'),
    variable(scope, 'ansible_ssh_common_args'),
    variable(scope, 'ansible_ssh_extra_args'),
  ];
  return {
    name: host,
    connection: kindOf(kind),
    host: variable(scope, 'ansible_host', 'ansible_ssh_host') ?? host,
    port: port === undefined ? undefined : Number(port),
    user: variable(scope, 'ansible_user', 'ansible_ssh_user') ?? keyword('remote_user') ?? defaults.user,
    password,
    privateKeyFile:
      variable(scope, 'ansible_ssh_private_key_file', 'ansible_private_key_file') ?? defaults.privateKeyFile,
    privateKey: variable(scope, 'ansible_private_key', 'ansible_ssh_private_key'),
    sshArgs: args.filter((a) => a !== undefined && a !== '').join(' ') || undefined,
    timeout: timeout === undefined ? defaults.timeout : Number(timeout),
    hostKeyChecking: checking(scope, run),
    shell: undefined,
    cwd: kindOf(kind) === 'local' ? variable(scope, 'playbook_dir') : undefined,
  };
}

/** The node for these settings: opened once per run, whoever asks first. */
export function nodeFor(run: Run, settings: ConnectionSettings): Promise<Node> {
  const key = JSON.stringify(settings);
  const known = run.nodes.get(key);
  if (known) return known;
  const opened = run.open(settings).then((node) => currentNode(node, run, settings));
  run.nodes.set(key, opened);
  opened.catch(() => run.nodes.delete(key));
  return opened;
}

const METHODS = ['sudo', 'su', 'doas'] as const;

/** With flags of its own a program is run whoever is logged in: those that are taken when it is to be. */
const SAME_USER = { sudo: '-H -S -n', su: '-s /bin/sh', doas: '-n' } as const;

/** How a task becomes another user, or undefined; the `ansible_become*` variables win over keywords and the command line. */
export function becomeFor(run: Run, scope: LayeredScope, keyword: Keyword): Become | undefined {
  const defaults = run.options.become;
  const wanted = variable(scope, 'ansible_become') ?? keyword('become');
  if (!(wanted === undefined ? defaults.become : asBool(wanted))) return undefined;
  const method = (
    variable(scope, 'ansible_become_method') ??
    keyword('become_method') ??
    defaults.method
  ).replace(/^(ansible|community)\.(builtin|general)\./, '');
  const known = METHODS.find((m) => m === method);
  if (!known)
    throw new FfeError(
      'unsupported',
      `become method '${method}' is not supported${didYouMean(method, METHODS)}`,
    );
  const password =
    variable(scope, 'ansible_become_password', 'ansible_become_pass', `ansible_${known}_pass`) ??
    defaults.password;
  if (password !== undefined) run.redactor.add(password);
  return {
    method: known,
    user: variable(scope, 'ansible_become_user') ?? keyword('become_user') ?? defaults.user,
    exe: variable(scope, 'ansible_become_exe') ?? keyword('become_exe') ?? defaults.exe,
    flags:
      variable(scope, 'ansible_become_flags') ??
      keyword('become_flags') ??
      defaults.flags ??
      (defaults.sameUser ? SAME_USER[known] : undefined),
    password,
  };
}
