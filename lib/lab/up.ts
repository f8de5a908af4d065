import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { readAptSetup } from './apt.js';
import { tearDown } from './down.js';
import { ensureImage } from './image.js';
import { makeKeys, operatorHash } from './keys.js';
import { nodeReady, startNode } from './machine.js';
import { createNetwork } from './network.js';
import { thisProcess } from './process.js';
import { type ImageSpec, SUITE } from './recipe.js';
import { enter, entries, entryAt, isOrphan, withHostLock, withLabLock } from './registry.js';
import { requireLab } from './requirements.js';
import type { Seed } from './seed.js';
import { raiseSettings } from './settings.js';
import { defaultDir, type Lab, type LabNode, labFrom, loadLab, saveLab } from './state.js';

/** The lab that is wanted. `owned`: it ends with this process at the latest. `only` names the nodes to start. */
export type LabSpec = {
  name: string;
  nodes: readonly LabNode[];
  only?: readonly string[];
  image?: ImageSpec;
  dir?: string;
  owned?: boolean;
  install?: boolean;
  /** Seconds until every node's sshd must answer (default 60). */
  limit?: number;
  signal?: AbortSignal;
  report?: (line: string) => void;
};

/** The first three numbers of the /24 network that all nodes are in; FfeError 'lab' when they are not. */
export function prefixOf(nodes: readonly LabNode[]): string {
  const [first] = nodes;
  if (!first) throw new FfeError('lab', 'a lab needs at least one node');
  const prefix = first.address.split('.').slice(0, 3).join('.');
  for (const { name, address } of nodes) {
    const last = Number(address.match(/^(?:\d{1,3}\.){3}(\d{1,3})$/)?.[1] ?? 0);
    const found = `found ${address} for ${name}`;
    if (!/^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address) || last < 2 || last > 254) {
      throw new FfeError('lab', `a node's address is a private IPv4 address ending in 2 to 254, ${found}`);
    }
    if (!address.startsWith(`${prefix}.`)) {
      throw new FfeError('lab', `all nodes of a lab share one /24 network (${prefix}.0/24), ${found}`);
    }
  }
  for (const key of ['name', 'address'] as const) {
    const seen = nodes.map((node) => node[key]);
    const twice = seen.find((value, i) => seen.indexOf(value) !== i);
    if (twice) throw new FfeError('lab', `two nodes have the ${key} ${twice}`);
  }
  return prefix;
}

async function claim(spec: LabSpec, prefix: string, dir: string): Promise<void> {
  const known = entryAt(prefix);
  if (known && known.dir !== dir) {
    throw new FfeError('lab', `network ${prefix}.0/24 belongs to the lab '${known.name}'`, {
      hint: `take that lab down first: ffe-provision lab down --name ${known.name}`,
      notes: [`its state: ${known.dir}`],
    });
  }
  const old = loadLab(dir);
  if (old && old.prefix !== prefix) {
    throw new FfeError('lab', `the lab '${old.name}' is up at ${old.prefix}.0/24, not at ${prefix}.0/24`, {
      hint: 'take it down before its addresses change: ffe-provision lab down',
    });
  }
  if (!old && existsSync(dir) && readdirSync(dir).length > 0) {
    throw new FfeError('lab', `${dir} is not empty and holds no lab`, {
      hint: 'name another folder for its state',
    });
  }
  raiseSettings();
  const holder = spec.owned || !old ? { holder: thisProcess() } : {};
  enter({ name: spec.name, prefix, dir, ...holder });
}

async function imageFor(spec: LabSpec, old: Lab | undefined) {
  if (!old) return ensureImage(spec.image ?? {}, spec);
  const wanted = {
    variant: spec.image?.variant ?? 'minimal',
    include: [...new Set(spec.image?.include ?? [])].sort(),
  };
  const same = wanted.variant === old.image.variant && wanted.include.join() === old.image.include.join();
  if (same && existsSync(old.image.path)) return old.image;
  throw new FfeError('lab', `the lab '${old.name}' is up with another image`, {
    notes: [`it has ${[old.image.variant, ...old.image.include].join(' ')}`],
    hint: 'take it down first: ffe-provision lab down',
  });
}

/** What every node of the lab is given on its first start; the costly parts are worked out once. */
export async function seedOf(lab: Lab): Promise<Seed> {
  const [apt, hash] = await Promise.all([readAptSetup(SUITE), operatorHash(lab)]);
  return { proxy: apt.proxy, operatorHash: hash };
}

async function bringUp(lab: Lab, spec: LabSpec): Promise<void> {
  mkdirSync(join(lab.dir, 'nodes'), { recursive: true, mode: 0o700 });
  saveLab(lab);
  await Promise.all([makeKeys(lab), createNetwork(lab.prefix)]);
  const seed = await seedOf(lab);
  const wanted = lab.nodes.filter((node) => spec.only?.includes(node.name) ?? true);
  await together(wanted, spec.signal, async (node, signal) => {
    await startNode(lab, node, seed);
    await nodeReady(lab, node, { signal, ...(spec.limit ? { limit: spec.limit } : {}) });
  });
}

/** Does work for every node at once. The first failure stops the others, and is thrown when all have ended. */
async function together(
  nodes: readonly LabNode[],
  outer: AbortSignal | undefined,
  work: (node: LabNode, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const signal = outer ? AbortSignal.any([stop.signal, outer]) : stop.signal;
  const guarded = async (node: LabNode) => {
    try {
      signal.throwIfAborted();
      await work(node, signal);
    } catch (error) {
      stop.abort(error);
    }
  };
  await Promise.all(nodes.map(guarded));
  outer?.throwIfAborted();
  stop.signal.throwIfAborted();
}

/** Takes down the labs that nobody holds any more, such as those of a crashed test run. Returns their names. */
export async function sweep(): Promise<string[]> {
  const orphans = entries().filter(isOrphan);
  for (const { prefix } of orphans) {
    await withLabLock(prefix, async () => {
      const entry = entryAt(prefix);
      if (entry && isOrphan(entry)) await tearDown(entry.dir, prefix);
    });
  }
  return orphans.map((entry) => entry.name);
}

/**
 * Boots a lab's nodes and waits until their sshd answers; what already runs is kept as it is. A lab that cannot be
 * started the first time leaves nothing behind. Throws FfeError 'lab'.
 */
export async function labUp(spec: LabSpec): Promise<Lab> {
  const prefix = prefixOf(spec.nodes);
  const dir = spec.dir ?? defaultDir(spec.name);
  await requireLab(spec.install, spec.signal);
  await sweep();
  return withLabLock(
    prefix,
    async () => {
      const old = loadLab(dir);
      const image = await imageFor(spec, old);
      const { name, nodes } = spec;
      const lab = labFrom(dir, { name, prefix, nodes, image });
      await withHostLock(() => claim(spec, prefix, dir), spec.signal);
      try {
        await bringUp(lab, spec);
        if (!spec.owned) enter({ name, prefix, dir });
        return lab;
      } catch (error) {
        if (!old) await tearDown(dir, prefix);
        throw error;
      }
    },
    spec.signal,
  );
}
