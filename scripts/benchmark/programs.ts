import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../../lib/lab/index.js';

/** One way to look at, or make, the state that the playbook describes: a command line and its environment. */
export type Program = {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Where the measured playbook, its inventory and the script written by hand are. */
export function benchFolder(root: string): string {
  return process.env.BENCH_DIR ?? join(root, 'bench');
}

/** The first two numbers of a lab's network, as the inventory of the bench wants them. */
const networkOf = (lab: Lab): string => lab.prefix.split('.').slice(0, 2).join('.');

/** The variables that the inventory reads; the agent and the settings of whoever runs this take no part. */
export function benchEnvironment(lab: Lab): Record<string, string> {
  return { BENCH_KEY: lab.keyFile, BENCH_NET: networkOf(lab), ANSIBLE_HOST_KEY_CHECKING: 'False' };
}

const play = (folder: string): string[] => ['-i', join(folder, 'inventory.yml'), join(folder, 'site.yml')];

/** The script written by hand: one plain ssh login per host. It only looks. */
export function floorProgram(folder: string, lab: Lab): Program {
  const addresses = lab.nodes.map((node) => node.address);
  return { name: 'floor.sh', argv: [join(folder, 'floor.sh'), lab.keyFile, ...addresses] };
}

/** This project, as it is built in dist/. */
export function ourProgram(folder: string, root: string): Program {
  return {
    name: 'ffe-provision',
    argv: [process.execPath, join(root, 'bin', 'ffe-provision'), ...play(folder)],
  };
}

/** ansible-playbook as it comes (but for its number of forks), and with pipelining; empty where it is not installed. */
export function ansiblePrograms(folder: string, local: string): Program[] {
  const program = '/usr/bin/ansible-playbook';
  if (!existsSync(program)) return [];
  const config = join(folder, 'ansible.cfg');
  const env = { ANSIBLE_CONFIG: config, ANSIBLE_LOCAL_TEMP: local, ANSIBLE_FORKS: '20' };
  const argv = [program, ...play(folder)];
  return [
    { name: 'ansible, defaults', argv, env: { ...env, ANSIBLE_PIPELINING: 'False' } },
    { name: 'ansible, pipelining', argv, env: { ...env, ANSIBLE_PIPELINING: 'True' } },
  ];
}

const MASTERS = 'masters-';

/** Where ansible-playbook keeps its lasting ssh connections: they must not outlive the node they lead to. */
export function controlFolder(local: string, name: string): Record<string, string> {
  const folder = join(local, `${MASTERS}${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { ANSIBLE_SSH_CONTROL_PATH_DIR: folder };
}

/** Ends every ssh connection that ansible-playbook left in such a folder. */
export function endMasters(local: string): void {
  for (const folder of readdirSync(local).filter((name) => name.startsWith(MASTERS)))
    for (const socket of readdirSync(join(local, folder)))
      spawnSync('ssh', ['-o', `ControlPath=${join(local, folder, socket)}`, '-O', 'exit', 'node']);
}
