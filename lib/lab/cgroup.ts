import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FfeError } from '../errors/error.js';

const ROOT = '/sys/fs/cgroup';

const isGroup = (dir: string) => existsSync(join(dir, 'cgroup.procs'));

/** The groups directly below; none when the group has just vanished, as those of short services do. */
function children(dir: string): string[] {
  try {
    const inner = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return inner.map((entry) => join(dir, entry.name));
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Every cgroup hierarchy of this machine: one (version 2 only) or several (version 1, or both). Version 2 comes first:
 * who enters the groups in this order can be killed from the first moment on.
 */
export function hierarchies(): string[] {
  if (isGroup(ROOT)) return [ROOT];
  const unified = unifiedHierarchy();
  const others = children(ROOT).filter((dir) => isGroup(dir) && dir !== unified);
  return unified ? [unified, ...others] : others;
}

/** The version 2 hierarchy, by which a whole group is killed or frozen; undefined where there is none. */
export function unifiedHierarchy(): string | undefined {
  return [ROOT, join(ROOT, 'unified')].find((dir) => existsSync(join(dir, 'cgroup.controllers')));
}

function unified(group: string, file = ''): string {
  const root = unifiedHierarchy();
  if (root === undefined)
    throw new FfeError('lab', 'this machine has no cgroup version 2 hierarchy', {
      hint: 'mount it: mount -t cgroup2 none /sys/fs/cgroup/unified',
    });
  return join(root, group, file);
}

function createIn(hierarchy: string, group: string): string {
  let dir = hierarchy;
  for (const part of group.split('/')) {
    const parent = dir;
    dir = join(dir, part);
    mkdirSync(dir, { recursive: true });
    // A version 1 cpuset refuses processes until it has been given processors and memory nodes.
    const cpus = read(join(parent, 'cpuset.cpus'));
    if (!cpus || !existsSync(join(dir, 'cgroup.clone_children'))) continue;
    writeFileSync(join(dir, 'cpuset.cpus'), cpus);
    writeFileSync(join(dir, 'cpuset.mems'), read(join(parent, 'cpuset.mems')) ?? '0');
    writeFileSync(join(dir, 'cgroup.clone_children'), '1');
  }
  return dir;
}

/** Creates a group in every hierarchy and returns their folders. Nodes without groups of their own would share one tree. */
export function createGroup(group: string): string[] {
  return hierarchies().map((hierarchy) => createIn(hierarchy, group));
}

function removeTree(dir: string): void {
  if (!existsSync(dir)) return;
  children(dir).forEach(removeTree);
  rmdirSync(dir);
}

/** Removes a group and those below it from every hierarchy, with whatever still enters it; waits up to 5 s for each. */
export async function removeGroup(group: string): Promise<void> {
  for (const hierarchy of hierarchies().reverse()) {
    for (let tries = 0; ; tries++) {
      try {
        removeTree(join(hierarchy, group));
        break;
      } catch (cause) {
        await killGroup(group); // a process that was about to enter when the others were killed
        if (tries === 100)
          throw new FfeError('lab', `cgroup ${join(hierarchy, group)} is still in use`, { cause });
        await sleep(50);
      }
    }
  }
}

/** Whether any process lives in the group or below. */
export function isPopulated(group: string): boolean {
  return read(unified(group, 'cgroup.events'))?.includes('populated 1') ?? false;
}

/** Kills every process of the group and below, frozen or not, and waits up to 10 s for the last. */
export async function killGroup(group: string): Promise<void> {
  if (!existsSync(unified(group))) return;
  writeFileSync(unified(group, 'cgroup.kill'), '1');
  for (let tries = 0; isPopulated(group); tries++) {
    if (tries === 400) throw new FfeError('lab', `processes of ${group} survive SIGKILL`);
    await sleep(25);
  }
}

/** Stops or resumes every process of the group, and waits up to 5 s until it is so. */
export async function freezeGroup(group: string, frozen: boolean): Promise<void> {
  writeFileSync(unified(group, 'cgroup.freeze'), frozen ? '1' : '0');
  for (let tries = 0; isFrozen(group) !== frozen; tries++) {
    if (tries === 200) throw new FfeError('lab', `${group} does not ${frozen ? 'freeze' : 'thaw'}`);
    await sleep(25);
  }
}

/** Whether the whole group stands still. */
export function isFrozen(group: string): boolean {
  return read(unified(group, 'cgroup.events'))?.includes('frozen 1') ?? false;
}

/** Bytes of anonymous memory that the group's processes hold; undefined when the memory controller is not there. */
export function memoryBytes(group: string): number | undefined {
  for (const hierarchy of hierarchies()) {
    const stat = read(join(hierarchy, group, 'memory.stat'));
    const found = stat?.match(/^(?:total_rss|anon) (\d+)$/m)?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/** The processes of the group and below, in no order. */
export function processesOf(group: string): number[] {
  const below = (dir: string): number[] => {
    const own = (read(join(dir, 'cgroup.procs')) ?? '').split('\n').filter(Boolean).map(Number);
    return [...own, ...children(dir).flatMap(below)];
  };
  return below(unified(group));
}
