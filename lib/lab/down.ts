import { existsSync, readFileSync } from 'node:fs';
import { killGroup, removeGroup } from './cgroup.js';
import { command } from './command.js';
import { stopNode } from './machine.js';
import { removeNetwork } from './network.js';
import { bootId } from './process.js';
import { entries, leave, withHostLock, withLabLock } from './registry.js';
import { restoreSettings } from './settings.js';
import { defaultDir, loadLab, networkId } from './state.js';

async function unmountBelow(dir: string): Promise<void> {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  const below = mounts.filter((mount) => mount.startsWith(`${dir}/`)).reverse();
  if (below.length > 0) await command(['umount', '-l', ...below]);
}

/** Ends whatever is left of the lab at a network and removes its state folder; works on half a lab. Under its lock. */
export async function tearDown(dir: string, prefix: string): Promise<void> {
  const group = `ffe-${networkId(prefix)}`;
  await killGroup(group);
  await removeGroup(group);
  const lab = loadLab(dir);
  for (const node of lab?.nodes ?? []) await stopNode(lab!, node);
  await unmountBelow(dir);
  await removeNetwork(prefix);
  if (existsSync(dir)) await command(['rm', '-rf', '--one-file-system', dir], { timeout: 300 });
  await withHostLock(async () => {
    leave(prefix);
    if (!entries().some((entry) => entry.boot === bootId())) restoreSettings();
  });
}

/** Takes a lab down, named by its name or its state folder; false when there is none. Nothing of it is left. */
export async function labDown(which: { name?: string; dir?: string }): Promise<boolean> {
  const dir = which.dir ?? defaultDir(which.name ?? '');
  const prefix = loadLab(dir)?.prefix ?? entries().find((entry) => entry.dir === dir)?.prefix;
  if (prefix === undefined) return false;
  await withLabLock(prefix, () => tearDown(dir, prefix));
  return true;
}
