import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type AptSetup, readAptSetup } from './apt.js';
import { buildImage, removeBroken, removeFolder } from './build.js';
import { locked } from './lock.js';
import {
  extraPackages,
  type ImageRef,
  type ImageSpec,
  imageHash,
  packagesOf,
  plainSpec,
  SUITE,
} from './recipe.js';

/** `cache` is the folder of all images; `report` hears of a build, which takes about half a minute, less when the plain image is there. */
export type ImageOptions = { cache?: string; signal?: AbortSignal; report?: (line: string) => void };

/** Where images are kept unless told otherwise. */
export function imageCache(env = process.env): string {
  return join(env.XDG_CACHE_HOME ?? '/var/cache', 'ffe-provision', 'images');
}

const KEEP = 6;
const KEEP_DAYS = 30;

/** Removes images that no lab uses: all but the newest few, and whatever nobody wanted for a month. */
export async function pruneImages(cache: string, inUse: readonly string[] = []): Promise<string[]> {
  const mounts = readFileSync('/proc/mounts', 'utf8');
  const used = (dir: string) => inUse.includes(join(dir, 'root')) || mounts.includes(`lowerdir=${dir}/`);
  const days = (name: string) => (Date.now() - statSync(join(cache, name)).mtimeMs) / 86_400_000;
  const images = readdirSync(cache).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const aged = images.map((name) => ({ name, age: days(name) })).sort((a, b) => a.age - b.age);
  const old = aged.filter(({ name, age }, i) => (i >= KEEP || age > KEEP_DAYS) && !used(join(cache, name)));
  for (const { name } of old) await removeFolder(join(cache, name));
  return old.map(({ name }) => name);
}

// Under the lock of the cache: the folder of an image's files, which is built if it is not there. An image of more
// packages is derived from the plain one, so that this is built once for all of them.
async function provide(
  spec: ImageSpec,
  apt: AptSetup,
  cache: string,
  options: ImageOptions,
): Promise<string> {
  const extra = extraPackages(spec);
  const dir = join(cache, imageHash(spec, apt));
  if (!existsSync(dir)) {
    const plain = extra.length === 0 ? undefined : await provide(plainSpec(spec), apt, cache, options);
    const began = Date.now();
    const which = extra.length === 0 ? packagesOf(spec) : ['the plain one and', ...extra];
    options.report?.(`building the node image (${spec.suite ?? SUITE}): ${which.join(' ')}`);
    await buildImage(cache, basename(dir), { spec, apt, plain }, options);
    options.report?.(`image built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    await pruneImages(cache, [join(dir, 'root'), ...(plain === undefined ? [] : [plain])]);
  }
  utimesSync(dir, new Date(), new Date());
  return join(dir, 'root');
}

/** The image of a spec, built first when there is none of the same packages, recipe and sources. */
export async function ensureImage(spec: ImageSpec, options: ImageOptions = {}): Promise<ImageRef> {
  const cache = options.cache ?? imageCache();
  const suite = spec.suite ?? SUITE;
  const apt = await readAptSetup(suite);
  const { signal } = options;
  mkdirSync(cache, { recursive: true });
  const lock = { what: 'the node image', wait: 900, ...(signal ? { signal } : {}) };
  const path = await locked(join(cache, '.lock'), lock, async () => {
    await removeBroken(cache);
    return provide(spec, apt, cache, options);
  });
  const include = [...new Set(spec.include ?? [])].sort();
  return { suite, variant: spec.variant ?? 'minimal', include, hash: imageHash(spec, apt), path };
}
