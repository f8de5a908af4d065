import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGroup, isPopulated, killGroup, processesOf, removeGroup } from './cgroup.js';
import { command, succeeds } from './command.js';
import { bridgeOf } from './network.js';
import { untilSsh } from './ready.js';
import { type Seed, seedNode } from './seed.js';
import { type Lab, type LabNode, namesOf } from './state.js';

/** How to start nodes: `limit` seconds until sshd must answer; `starting` as `startNode` gave it. */
export type StartOptions = { limit?: number; signal?: AbortSignal; starting?: () => boolean };

// Exit code 133 says that the node wants to be started again: its reboot. The shell enters the node's cgroups first,
// so that everything in the node is in them from the start.
const SUPERVISOR = `groups=$1; shift
for g in $groups; do echo $$ > "$g/cgroup.procs" || exit 1; done
while :; do "$@"; [ $? = 133 ] || exit; done`;

/** Whether the node's processes run. */
export function isUp(lab: Lab, node: LabNode): boolean {
  return isPopulated(namesOf(lab, node).group);
}

/** The number that the node's init has on this machine; undefined while there is none. */
export function initPid(lab: Lab, node: LabNode): number | undefined {
  return processesOf(namesOf(lab, node).group).find((pid) => {
    try {
      const inner =
        readFileSync(`/proc/${pid}/status`, 'utf8')
          .match(/^NSpid:\s+(.*)$/m)?.[1]
          ?.split(/\s+/) ?? [];
      return inner.length > 1 && inner.at(-1) === '1';
    } catch {
      return false;
    }
  });
}

function isMounted(dir: string): boolean {
  return readFileSync('/proc/mounts', 'utf8').includes(` ${dir} overlay `);
}

async function mountRoot(lab: Lab, node: LabNode): Promise<boolean> {
  const { root, upper, work, docker } = namesOf(lab, node);
  if (isMounted(root)) return false;
  const fresh = !existsSync(upper);
  for (const dir of [root, upper, work, docker]) mkdirSync(dir, { recursive: true });
  // 'volatile' makes fsync free, which halves the time apt takes; it asks for this mark to be removed after a crash.
  rmSync(join(work, 'work', 'incompat'), { recursive: true, force: true });
  const options = `lowerdir=${lab.image.path},upperdir=${upper},workdir=${work},volatile`;
  await command(['mount', '-t', 'overlay', 'overlay', '-o', options, root]);
  return fresh;
}

function nspawn(lab: Lab, node: LabNode): string[] {
  const { root, machine, docker } = namesOf(lab, node);
  const identity = ['-D', root, '-M', machine, `--hostname=${node.name}`];
  const host = [
    '--boot',
    '--register=no',
    '--keep-unit',
    '--settings=no',
    '--link-journal=no',
    '--timezone=off',
  ];
  const net = [`--network-bridge=${bridgeOf(lab.prefix)}`, '--resolv-conf=off'];
  // Software under test (docker, firewalls, fuse) needs what a server of its own would allow. Only the clock is this
  // machine's: the first time zone that a node's systemd tells the kernel would turn it by hours.
  const rights = [
    '--capability=all',
    '--drop-capability=CAP_SYS_TIME',
    '--system-call-filter=add_key keyctl bpf',
    `--bind=${docker}:/var/lib/docker`,
  ];
  return ['systemd-nspawn', '--quiet', '--console=read-only', ...identity, ...host, ...net, ...rights];
}

function launch(lab: Lab, node: LabNode): () => boolean {
  const { group, console: log } = namesOf(lab, node);
  const groups = createGroup(group).join(' ');
  const out = openSync(log, 'w');
  const child = spawn('sh', ['-c', SUPERVISOR, 'ffe-lab-node', groups, ...nspawn(lab, node)], {
    detached: true,
    stdio: ['ignore', out, out],
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
  });
  child.unref();
  closeSync(out);
  return () => child.exitCode === null && child.signalCode === null;
}

/**
 * Takes away the link that a node which was killed leaves behind. The kernel does so, too, but in its own time, and a node
 * that starts before fails with `File exists`.
 */
async function forgetLink(link: string): Promise<void> {
  if (existsSync(`/sys/class/net/${link}`)) await succeeds(['ip', 'link', 'del', link]);
}

/**
 * Boots a node that is off, on the files it had, or on the image's when it had none; does nothing when it is up. Gives
 * what tells whether that start has not ended.
 */
export async function startNode(lab: Lab, node: LabNode, seed: Seed): Promise<() => boolean> {
  if (isUp(lab, node)) return () => false;
  await forgetLink(namesOf(lab, node).link);
  if (await mountRoot(lab, node)) seedNode(lab, node, namesOf(lab, node).root, seed);
  return launch(lab, node);
}

/** Waits until a node's sshd answers. */
export async function nodeReady(lab: Lab, node: LabNode, options: StartOptions = {}): Promise<void> {
  const { console: log, group } = namesOf(lab, node);
  const { starting = () => false, ...more } = options;
  // The supervisor needs a moment to enter its group, on a busy machine a long one.
  const alive = () => isPopulated(group) || starting();
  await untilSsh({ ...node, console: log, alive, ...more });
}

/** Removes what nspawn leaves in /run: a folder by the machine's name, a lock by its root folder's numbers. */
function forgetMachine(machine: string, root: string): void {
  rmSync(join('/run/systemd/nspawn/propagate', machine), { recursive: true, force: true });
  if (!existsSync(root)) return;
  const { dev, ino } = statSync(root);
  rmSync(`/run/systemd/nspawn/locks/inode-${dev}:${ino}`, { force: true });
}

/** Ends a node at once, as a loss of power does; its files stay. */
export async function stopNode(lab: Lab, node: LabNode): Promise<void> {
  const { group, machine, link, root } = namesOf(lab, node);
  const pid = initPid(lab, node);
  if (pid !== undefined) {
    process.kill(pid, 'SIGKILL'); // nspawn then tidies up after itself
    for (let tries = 0; isPopulated(group) && tries < 80; tries++) await sleep(25);
  }
  await killGroup(group);
  await removeGroup(group);
  await forgetLink(link);
  forgetMachine(machine, root);
}

/** Ends a node and removes its files. */
export async function removeNode(lab: Lab, node: LabNode): Promise<void> {
  await stopNode(lab, node);
  const { root, dir } = namesOf(lab, node);
  while (isMounted(root)) await command(['umount', '-l', root]);
  await command(['rm', '-rf', '--one-file-system', dir], { timeout: 120 });
}
