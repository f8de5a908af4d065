import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { prefixOf } from './addresses.js';
import { claim, sweep } from './claim.js';
import { tearDown } from './down.js';
import { ensureImage } from './image.js';
import { makeKeys } from './keys.js';
import { nodeReady, removeNode, startNode } from './machine.js';
import { createNetwork } from './network.js';
import type { ImageRef, ImageSpec } from './recipe.js';
import { enter, withHostLock, withLabLock } from './registry.js';
import { requireLab } from './requirements.js';
import { seedOf } from './seed.js';
import { defaultDir, type Lab, type LabNode, labFrom, loadLab, nodeNamed, saveLab } from './state.js';

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

async function imageFor(spec: LabSpec, old: Lab | undefined): Promise<ImageRef> {
  if (!old) return ensureImage(spec.image ?? {}, spec);
  const has = old.image;
  const { suite = has.suite, variant = has.variant, include = has.include } = spec.image ?? {};
  const same =
    suite === has.suite &&
    variant === has.variant &&
    [...new Set(include)].sort().join() === has.include.join();
  if (same && existsSync(has.path)) return has;
  throw new FfeError('lab', same ? `${has.path} is gone` : `the lab '${old.name}' has another image`, {
    notes: [`the lab's image: ${[has.suite, has.variant, ...has.include].join(' ')}`],
    hint: 'take the lab down first: ffe-provision lab down',
  });
}

async function bringUp(lab: Lab, spec: LabSpec, old: Lab | undefined): Promise<void> {
  const same = (a: LabNode) => (b: LabNode) => a.name === b.name && a.address === b.address;
  for (const node of old?.nodes ?? []) if (!lab.nodes.some(same(node))) await removeNode(lab, node);
  mkdirSync(join(lab.dir, 'nodes'), { recursive: true, mode: 0o700 });
  saveLab(lab);
  await Promise.all([makeKeys(lab), createNetwork(lab.prefix)]);
  const seed = await seedOf(lab);
  const wanted = spec.only?.map((name) => nodeNamed(lab, name)) ?? lab.nodes;
  await together(wanted, spec.signal, async (node, signal) => {
    const starting = await startNode(lab, node, seed);
    await nodeReady(lab, node, { signal, starting, ...(spec.limit ? { limit: spec.limit } : {}) });
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

/**
 * Boots a lab's nodes and waits until their sshd answers; what already runs is kept as it is. A lab that cannot be
 * started the first time leaves nothing behind. Throws FfeError 'lab'.
 */
export async function labUp(spec: LabSpec): Promise<Lab> {
  const prefix = prefixOf(spec.nodes);
  const dir = spec.dir ?? defaultDir(spec.name);
  for (const name of spec.only ?? []) nodeNamed(spec, name);
  await requireLab(spec.install, spec.signal);
  await sweep();
  return withLabLock(
    prefix,
    async () => {
      const old = loadLab(dir);
      const image = await imageFor(spec, old);
      const { name, nodes } = spec;
      const lab = labFrom(dir, { name, prefix, nodes, image });
      await withHostLock(async () => claim(spec, prefix, dir), spec.signal);
      try {
        await bringUp(lab, spec, old);
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
