import { posix } from 'node:path';
import type { Json, JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import type { Engine } from './engine.js';
import type { ImageArgs } from './image-args.js';
import { lastWords } from './pull.js';

type Build = NonNullable<ImageArgs['build']>;

function option(name: string, value: Json | undefined): string[] {
  return value === undefined || value === null ? [] : [name, String(value)];
}

/** Whether docker fetches what is built from by itself. */
export function isRemote(path: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|github\.com\/|git@)/.test(path);
}

function fileOf({ path, dockerfile }: Build): string[] {
  if (dockerfile === undefined) return [];
  return ['-f', isRemote(path) ? dockerfile : posix.resolve(path, dockerfile)];
}

/** Arguments of a build: their values travel in the environment of the command, where only their owner sees them. */
function buildArgs(args: JsonObject | undefined): { words: string[]; env: Record<string, string> } {
  const given = Object.entries(args ?? {}).map(([name, value]) => [name, String(value)] as const);
  const named = given.filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
  const others = given.filter(([name]) => !/^[A-Za-z_]\w*$/.test(name));
  const words = [...named.map(([name]) => name), ...others.map(([name, value]) => `${name}=${value}`)];
  return { words: words.flatMap((word) => ['--build-arg', word]), env: Object.fromEntries(named) };
}

/** The words of the build, and its environment. */
export function buildCall(build: Build, name: string): { words: string[]; env: Record<string, string> } {
  const limits = build.container_limits;
  const own = buildArgs(build.args);
  const words = [
    'build',
    ...option('-t', name),
    ...fileOf(build),
    ...(build.nocache ? ['--no-cache'] : []),
    ...(build.pull ? ['--pull'] : []),
    ...(build.rm ? ['--force-rm'] : ['--rm=false']),
    ...option('--target', build.target),
    ...option('--network', build.network),
    ...option('--platform', build.platform),
    ...(build.cache_from ?? []).flatMap((image) => ['--cache-from', image]),
    ...Object.entries(build.etc_hosts ?? {}).flatMap(([host, ip]) => ['--add-host', `${host}:${String(ip)}`]),
    ...option('--memory', limits?.memory),
    ...option('--memory-swap', limits?.memswap),
    ...option('--cpu-shares', limits?.cpushares),
    ...option('--cpuset-cpus', limits?.cpusetcpus),
    ...own.words,
    build.path,
  ];
  return { words, env: own.env };
}

/** Builds an image, and gives what docker printed. */
export async function buildImage(engine: Engine, build: Build, name: string): Promise<string> {
  const { words, env } = buildCall(build, name);
  const done = await engine.run(words, { env });
  const stdout = done.out.trim() || done.err.trim();
  if (done.rc === 0) return stdout;
  throw new StepError(`Error building ${name} - message: ${lastWords(done)}, logs: ${stdout}`, { stdout });
}
