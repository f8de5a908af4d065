import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { sshOptions } from './ssh.js';
import type { Lab } from './state.js';

/**
 * Writes an inventory with how to log in to every node (beside the user's own, which has the groups), for
 * ffe-provision and ansible-playbook alike. Returns its path.
 */
export function writeLoginInventory(lab: Lab): string {
  const file = join(lab.dir, 'inventory.yml');
  const hosts = Object.fromEntries(lab.nodes.map(({ name, address }) => [name, { ansible_host: address }]));
  const vars = {
    ansible_user: 'root',
    ansible_ssh_private_key_file: lab.keyFile,
    ansible_ssh_common_args: sshOptions(lab).slice(2).join(' '),
  };
  writeFileSync(file, stringify({ all: { vars, hosts } }), { mode: 0o600 });
  return file;
}
