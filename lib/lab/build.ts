import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { AptSetup } from './apt.js';
import { createGroup, killGroup, removeGroup } from './cgroup.js';
import { command } from './command.js';
import { isAlive, type ProcessId, thisProcess } from './process.js';
import { extraPackages, FINISH, type ImageSpec, packagesOf, SUITE } from './recipe.js';

/** What is built from what; `plain` is the folder of the plain image's files, which is copied and added to. */
export type ImageOrder = { spec: ImageSpec; apt: AptSetup; plain?: string | undefined };

// Enters its own group first, so that a build can be ended with everything it started.
const IN_GROUP = 'for g in $1; do echo $$ > "$g/cgroup.procs" || exit 1; done; shift; exec "$@"';

const groupOf = (build: string) => `ffe${build.replace('.', '-')}`;

function builder(build: string): ProcessId {
  const [, pid, start] = build.match(/^\.build-(\d+)-(\d+)$/) ?? [];
  return { pid: Number(pid), start: Number(start) };
}

/** Removes an image's folder, or that of a build. */
export async function removeFolder(dir: string): Promise<void> {
  // A build that was killed may have left mounts below; removing through one would reach this machine's own files.
  const lines = readFileSync('/proc/mounts', 'utf8').split('\n');
  const mounts = lines.map((line) => line.split(' ')[1] ?? '').filter((mount) => mount.startsWith(`${dir}/`));
  if (mounts.length > 0) await command(['umount', '-l', ...mounts.reverse()]);
  await command(['rm', '-rf', '--one-file-system', dir], { timeout: 120 });
}

async function removeBuild(cache: string, build: string): Promise<void> {
  await killGroup(groupOf(build));
  await removeGroup(groupOf(build));
  await removeFolder(join(cache, build));
}

/** Clears away builds whose process has died. Under the lock of the cache. */
export async function removeBroken(cache: string): Promise<void> {
  const builds = readdirSync(cache).filter((name) => name.startsWith('.build-'));
  for (const name of builds) if (!isAlive(builder(name))) await removeBuild(cache, name);
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

// A system of its own takes over a minute; a copy with some packages more takes seconds.
function recipe(spec: ImageSpec, root: string, sources: string, plain: string | undefined): string[] {
  const suite = spec.suite ?? SUITE;
  if (plain === undefined)
    return ['--variant=minbase', `--include=${packagesOf(spec).join(',')}`, suite, root, sources];
  const install = `apt-get install --yes --no-install-recommends ${extraPackages(spec).join(' ')}`;
  return [
    '--variant=custom',
    '--skip=update',
    // The copy has its sources; those that mmdebstrap wrote for no release are none.
    `--setup-hook=rm -f "$1/etc/apt/sources.list" && cp -a --reflink=auto ${quoted(plain)}/. "$1"`,
    '--customize-hook=chroot "$1" apt-get update',
    `--customize-hook=chroot "$1" ${install}`,
    '',
    root,
  ];
}

async function bootstrap(dir: string, order: ImageOrder, signal?: AbortSignal): Promise<void> {
  const { spec, apt, plain } = order;
  const sources = join(dir, 'debian.sources');
  mkdirSync(join(dir, 'tmp'), { recursive: true });
  writeFileSync(sources, apt.sources);
  const proxies = Object.entries(apt.proxy).map(([name, url]) => `--aptopt=${name} "${url}"`);
  const inGroup = ['sh', '-c', IN_GROUP, 'ffe-build', createGroup(groupOf(basename(dir))).join(' ')];
  const retries = '--aptopt=Acquire::Retries "5"';
  const how = ['--format=directory', '--skip=cleanup/apt/lists', retries, ...proxies];
  const options = { timeout: 900, env: { TMPDIR: join(dir, 'tmp') }, ...(signal ? { signal } : {}) };
  const what = recipe(spec, join(dir, 'root'), sources, plain);
  await command([...inGroup, 'mmdebstrap', ...how, ...what], options);
}

async function finish(dir: string, apt: AptSetup, signal?: AbortSignal): Promise<void> {
  const root = join(dir, 'root');
  const lists = join(root, 'etc/apt/sources.list.d');
  for (const file of readdirSync(lists)) rmSync(join(lists, file));
  rmSync(join(root, 'etc/apt/sources.list'), { force: true });
  rmSync(join(root, 'etc/apt/apt.conf.d/99mmdebstrap'), { force: true });
  copyFileSync(join(dir, 'debian.sources'), join(lists, 'debian.sources'));
  const authorities = join(root, 'usr/local/share/ca-certificates');
  for (const { name, text } of apt.authorities) writeFileSync(join(authorities, name), text);
  await command(['chroot', root, 'sh', '-s'], { input: FINISH, timeout: 120, ...(signal ? { signal } : {}) });
  rmSync(join(dir, 'tmp'), { recursive: true, force: true });
}

async function buildOnce(
  cache: string,
  name: string,
  order: ImageOrder,
  signal?: AbortSignal,
): Promise<void> {
  const { pid, start } = thisProcess();
  const build = `.build-${pid}-${start}`;
  try {
    await bootstrap(join(cache, build), order, signal);
    await finish(join(cache, build), order.apt, signal);
    renameSync(join(cache, build), join(cache, name));
  } finally {
    await removeBuild(cache, build);
  }
}

const ATTEMPTS = 3;
const PAUSE_MS = 5000;
// Asking again does not make a package exist.
const FINAL = /Unable to locate package|has no installation candidate|unmet dependencies/;

/**
 * Builds an image as `name` in the cache; a failed or cancelled build leaves nothing. Under the lock of the cache. A
 * build that failed is tried again, twice at most, since mirrors change and connections break while it downloads;
 * `report` hears why.
 */
export async function buildImage(
  cache: string,
  name: string,
  order: ImageOrder,
  options: { signal?: AbortSignal; report?: (line: string) => void } = {},
): Promise<void> {
  const { signal, report } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await buildOnce(cache, name, order, signal);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (attempt === ATTEMPTS || signal?.aborted || FINAL.test(why)) throw error;
      report?.(`the image was not built, which is tried again: ${why}`);
      await setTimeout(PAUSE_MS, undefined, signal ? { signal } : {});
    }
  }
}
