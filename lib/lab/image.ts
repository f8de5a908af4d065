import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type AptSetup, readAptSetup } from './apt.js';
import { command } from './command.js';
import { locked } from './lock.js';
import { isAlive, thisProcess } from './process.js';
import { FINISH, type ImageRef, type ImageSpec, imageHash, packagesOf, SUITE } from './recipe.js';

/** `cache` is the folder of all images; `report` hears of a build, which takes about half a minute. */
export type ImageOptions = { cache?: string; signal?: AbortSignal; report?: (line: string) => void };

/** Where images are kept unless told otherwise. */
export function imageCache(env = process.env): string {
  return join(env.XDG_CACHE_HOME ?? '/var/cache', 'ffe-provision', 'images');
}

const KEEP = 4;
const KEEP_DAYS = 30;

function builder(dir: string): { pid: number; start: number } {
  const [, pid, start] = dir.match(/^\.build-(\d+)-(\d+)$/) ?? [];
  return { pid: Number(pid), start: Number(start) };
}

async function removeFolder(dir: string): Promise<void> {
  // A build that was killed may have left mounts below; removing through one would reach this machine's own files.
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((m) => m.startsWith(`${dir}/`)).reverse())
    await command(['umount', '-l', mount]);
  await command(['rm', '-rf', '--one-file-system', dir], { timeout: 120 });
}

/** Removes images that no lab uses: all but the newest few, whatever nobody wanted for a month, and broken builds. */
export async function pruneImages(cache: string, inUse: readonly string[] = []): Promise<string[]> {
  const mounts = readFileSync('/proc/mounts', 'utf8');
  const used = (dir: string) => inUse.includes(join(dir, 'root')) || mounts.includes(`lowerdir=${dir}/`);
  const names = readdirSync(cache);
  const broken = names.filter((n) => n.startsWith('.build-') && !isAlive(builder(n)));
  const age = (n: string) => (Date.now() - statSync(join(cache, n)).mtimeMs) / 86_400_000;
  const images = names.filter((n) => /^[0-9a-f]{16}$/.test(n)).sort((a, b) => age(a) - age(b));
  const old = images.filter((n, i) => (i >= KEEP || age(n) > KEEP_DAYS) && !used(join(cache, n)));
  for (const name of [...broken, ...old]) await removeFolder(join(cache, name));
  return [...broken, ...old];
}

async function bootstrap(dir: string, spec: ImageSpec, apt: AptSetup, signal?: AbortSignal): Promise<void> {
  const root = join(dir, 'root');
  const sources = join(dir, 'debian.sources');
  mkdirSync(join(dir, 'tmp'), { recursive: true });
  writeFileSync(sources, apt.sources);
  const proxies = Object.entries(apt.proxy).map(([name, url]) => `--aptopt=${name} "${url}"`);
  const argv = ['setpriv', '--pdeathsig', 'TERM', 'mmdebstrap', '--variant=minbase', '--format=directory'];
  const what = ['--skip=cleanup/apt/lists', ...proxies, `--include=${packagesOf(spec).join(',')}`];
  const limits = { timeout: 900, env: { TMPDIR: join(dir, 'tmp') }, ...(signal ? { signal } : {}) };
  await command([...argv, ...what, SUITE, root, sources], limits);
  const lists = join(root, 'etc/apt/sources.list.d');
  for (const file of readdirSync(lists)) rmSync(join(lists, file));
  rmSync(join(root, 'etc/apt/sources.list'), { force: true });
  rmSync(join(root, 'etc/apt/apt.conf.d/99mmdebstrap'), { force: true });
  copyFileSync(sources, join(lists, 'debian.sources'));
  for (const { name, text } of apt.authorities)
    writeFileSync(join(root, 'usr/local/share/ca-certificates', name), text);
  await command(['chroot', root, 'sh', '-s'], { input: FINISH, timeout: 120, ...(signal ? { signal } : {}) });
  rmSync(join(dir, 'tmp'), { recursive: true, force: true });
}

async function build(
  cache: string,
  hash: string,
  spec: ImageSpec,
  apt: AptSetup,
  options: ImageOptions,
): Promise<void> {
  const me = thisProcess();
  const dir = join(cache, `.build-${me.pid}-${me.start}`);
  const started = Date.now();
  options.report?.(`building the node image: ${packagesOf(spec).join(' ')}`);
  try {
    await bootstrap(dir, spec, apt, options.signal);
    renameSync(dir, join(cache, hash));
  } catch (error) {
    await removeFolder(dir);
    throw error;
  }
  options.report?.(`image built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** The image of a spec, built first when there is none of the same packages, recipe and sources. */
export async function ensureImage(spec: ImageSpec, options: ImageOptions = {}): Promise<ImageRef> {
  const cache = options.cache ?? imageCache();
  const apt = await readAptSetup(SUITE);
  const hash = imageHash(spec, apt);
  const dir = join(cache, hash);
  mkdirSync(cache, { recursive: true });
  const { signal } = options;
  await locked(
    join(cache, '.lock'),
    { what: 'the node image', wait: 900, ...(signal ? { signal } : {}) },
    async () => {
      if (!existsSync(dir)) {
        await build(cache, hash, spec, apt, options);
        await pruneImages(cache, [join(dir, 'root')]);
      }
      utimesSync(dir, new Date(), new Date());
    },
  );
  const include = [...new Set(spec.include ?? [])].sort();
  return { variant: spec.variant ?? 'minimal', include, hash, path: join(dir, 'root') };
}
