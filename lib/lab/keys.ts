import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { command } from './command.js';
import { type Lab, namesOf } from './state.js';

async function keyPair(file: string, comment: string): Promise<void> {
  if (existsSync(file) && existsSync(`${file}.pub`)) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  rmSync(file, { force: true });
  await command(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
}

/** The known_hosts lines of a lab: every node under its address and its name. */
function knownHostsText(lab: Lab): string {
  const line = (name: string, address: string, key: string) =>
    `${address},${name} ${key.split(' ').slice(0, 2).join(' ')}`;
  const lines = lab.nodes.map((node) =>
    line(node.name, node.address, readFileSync(`${namesOf(lab, node).hostKey}.pub`, 'utf8').trim()),
  );
  return `${lines.join('\n')}\n`;
}

/**
 * Makes the lab's key pair, every node's host key (here, so that known_hosts is right before the first boot) and the
 * password of `operator`; keeps what exists.
 */
export async function makeKeys(lab: Lab): Promise<void> {
  await keyPair(lab.keyFile, `lab ${lab.name}`);
  for (const node of lab.nodes) await keyPair(namesOf(lab, node).hostKey, node.name);
  writeFileSync(lab.knownHosts, knownHostsText(lab), { mode: 0o600 });
  if (existsSync(lab.passwordFile)) return;
  writeFileSync(lab.passwordFile, `${randomBytes(9).toString('base64url')}\n`, { mode: 0o600 });
}

/** The crypt(3) hash of the operator's password, for /etc/shadow. */
export async function operatorHash(lab: Lab): Promise<string> {
  const password = readFileSync(lab.passwordFile, 'utf8').trim();
  return (await command(['openssl', 'passwd', '-6', '-stdin'], { input: `${password}\n` })).trim();
}
