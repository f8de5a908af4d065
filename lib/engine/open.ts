import { createNode } from '../node/assemble.js';
import { createConnection, createWallet } from '../node/connect.js';
import type { AskPassphrase, Target } from '../node/target.js';
import type { ConnectionSettings } from './connect.js';
import type { Surroundings } from './state.js';

function targetOf(s: ConnectionSettings): Target {
  return {
    name: s.name,
    connection: s.connection,
    host: s.host,
    port: s.port,
    user: s.user,
    password: s.password,
    identityFiles: s.privateKeyFile === undefined ? undefined : [s.privateKeyFile],
    privateKey: s.privateKey,
    sshArgs: s.sshArgs,
    hostKeyChecking: s.hostKeyChecking,
    timeout: s.timeout,
    shell: s.shell,
    cwd: s.cwd,
  };
}

/** Opens real nodes, over ssh or locally; keys and passphrases are read once per run. */
export function realNodes(ask?: AskPassphrase): Surroundings['open'] {
  const wallet = createWallet(ask);
  return async (settings) => createNode(createConnection(targetOf(settings), { wallet }));
}
