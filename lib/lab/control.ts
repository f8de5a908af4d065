import { setTimeout as sleep } from 'node:timers/promises';
import { FfeError } from '../errors/error.js';
import { freezeGroup } from './cgroup.js';
import { command } from './command.js';
import { initPid, isUp, nodeReady, removeNode, type StartOptions, startNode, stopNode } from './machine.js';
import { withLabLock } from './registry.js';
import { seedOf } from './seed.js';
import { type Lab, namesOf, nodeNamed } from './state.js';

/** Gives a node the image's files again, with the same address and host key, and boots it. */
export async function labReset(lab: Lab, name: string, options: StartOptions = {}): Promise<void> {
  const node = nodeNamed(lab, name);
  const starting = await withLabLock(lab.prefix, async () => {
    await removeNode(lab, node);
    return startNode(lab, node, await seedOf(lab));
  });
  await nodeReady(lab, node, { ...options, starting });
}

/** Boots a node that is off on the files it had; does nothing to one that is up. */
export async function labStart(lab: Lab, name: string, options: StartOptions = {}): Promise<void> {
  const node = nodeNamed(lab, name);
  const starting = await withLabLock(lab.prefix, async () => startNode(lab, node, await seedOf(lab)));
  await nodeReady(lab, node, { ...options, starting });
}

/** Ends a node at once, as a loss of power does; `labStart` boots it again. */
export async function labPowerOff(lab: Lab, name: string): Promise<void> {
  const node = nodeNamed(lab, name);
  await withLabLock(lab.prefix, () => stopNode(lab, node));
}

/** Reboots a node in good order, as `systemctl reboot` in it does, and waits until its sshd answers again. */
export async function labReboot(lab: Lab, name: string, options: StartOptions = {}): Promise<void> {
  const node = nodeNamed(lab, name);
  const before = initPid(lab, node);
  if (before === undefined)
    throw new FfeError('lab', `node ${name} is off`, { hint: 'ffe-provision lab up' });
  process.kill(before, 'SIGINT'); // what Ctrl-Alt-Del is to a machine
  const end = Date.now() + (options.limit ?? 60) * 1000;
  for (let now = initPid(lab, node); now === undefined || now === before; now = initPid(lab, node)) {
    if (Date.now() > end) throw new FfeError('lab', `node ${name} did not go down for its reboot`);
    if (!isUp(lab, node)) throw new FfeError('lab', `node ${name} went down and stayed down`);
    options.signal?.throwIfAborted();
    await sleep(25);
  }
  await nodeReady(lab, node, options);
}

/** Cuts a node off the network, as a pulled cable does, or plugs it in again. Reboot and reset plug it in, too. */
export async function labLink(lab: Lab, name: string, state: 'up' | 'down'): Promise<void> {
  await command(['ip', 'link', 'set', namesOf(lab, nodeNamed(lab, name)).link, state]);
}

/** Stops every process of a node where it is. */
export function labFreeze(lab: Lab, name: string): Promise<void> {
  return freezeGroup(namesOf(lab, nodeNamed(lab, name)).group, true);
}

/** Lets a frozen node go on. */
export function labThaw(lab: Lab, name: string): Promise<void> {
  return freezeGroup(namesOf(lab, nodeNamed(lab, name)).group, false);
}
