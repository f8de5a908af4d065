import { posix } from 'node:path';
import type { Json, JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import type { ContainerArgs } from './container-args.js';
import { objectOf, objectsOf } from './engine.js';
import { bytes } from './wish-limits.js';
import { imageConfig, type Seen } from './wish-process.js';

type Mount = NonNullable<ContainerArgs['mounts']>[number];

const MODES = new Set(
  'rw ro z Z consistent delegated cached rprivate private rshared shared rslave slave nocopy'.split(' '),
);

/** Options of a mount that only one of its types has. */
const BELONGS = {
  volume_driver: 'volume',
  volume_options: 'volume',
  propagation: 'bind',
  no_copy: 'volume',
  labels: 'volume',
  tmpfs_size: 'tmpfs',
  tmpfs_mode: 'tmpfs',
} as const;

function isMode(text: string): boolean {
  return text.split(',').every((word) => MODES.has(word));
}

/** The engine takes texts only: true and false are written as Go does. */
export function goTexts(dict: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(dict).map(([k, v]) => [k, v === null ? 'None' : String(v)]));
}

function mode(mount: Mount): number | undefined {
  if (mount.tmpfs_mode === undefined) return undefined;
  if (/^(?:0o?)?[0-7]+$/.test(mount.tmpfs_mode)) return Number.parseInt(mount.tmpfs_mode.replace('o', ''), 8);
  throw new StepError(`tmp_fs mode of mount "${mount.target}" is not an octal string!`);
}

function checked(mount: Mount): void {
  const { target, type, source } = mount;
  if (source === undefined && type !== 'tmpfs' && type !== 'volume')
    throw new StepError(`source must be specified for mount "${target}" of type "${type}"`);
  for (const [option, needed] of Object.entries(BELONGS))
    if (mount[option as keyof typeof BELONGS] !== undefined && type !== needed)
      throw new StepError(
        `${option} cannot be specified for mount "${target}" of type "${type}" (needs type "${needed}")`,
      );
}

function defined(dict: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(dict).filter(([, v]) => v !== undefined && v !== null));
}

/** Mounts under the names of the arguments, without what is not given. */
export function mountsWish({ mounts }: ContainerArgs): JsonObject[] | undefined {
  return mounts?.map((mount) => {
    checked(mount);
    const { tmpfs_size: size, volume_options: options, labels } = mount;
    return defined({
      ...mount,
      volume_options: mount.volume_driver && options ? goTexts(options) : undefined,
      labels: labels && goTexts(labels),
      tmpfs_size: size === undefined ? undefined : bytes(`tmpfs_size of mount "${mount.target}"`, size),
      tmpfs_mode: mode(mount),
    });
  });
}

/** A container's mounts under the names of the arguments. */
export function mountsNow(mounts: Json | undefined): JsonObject[] | undefined {
  if (!Array.isArray(mounts)) return undefined;
  return objectsOf(mounts).map((mount) => {
    const volume = objectOf(mount.VolumeOptions) ?? {};
    const driver = objectOf(volume.DriverConfig) ?? {};
    const tmpfs = objectOf(mount.TmpfsOptions) ?? {};
    return {
      type: mount.Type,
      source: mount.Source ?? null,
      target: mount.Target,
      read_only: mount.ReadOnly ?? false,
      consistency: mount.Consistency ?? null,
      propagation: objectOf(mount.BindOptions)?.Propagation ?? null,
      no_copy: volume.NoCopy ?? false,
      labels: volume.Labels ?? {},
      volume_driver: driver.Name ?? null,
      volume_options: driver.Options ?? {},
      tmpfs_size: tmpfs.SizeBytes ?? null,
      tmpfs_mode: tmpfs.Mode ?? null,
    };
  });
}

/** A mount as the engine takes it. */
export function mountSent(mount: JsonObject): JsonObject {
  const driver = defined({ Name: mount.volume_driver, Options: mount.volume_options });
  const volume = defined({
    NoCopy: mount.no_copy || undefined,
    Labels: mount.labels,
    DriverConfig: mount.volume_driver === undefined ? undefined : driver,
  });
  const tmpfs = defined({ Mode: mount.tmpfs_mode, SizeBytes: mount.tmpfs_size });
  const filled = (dict: JsonObject) => (Object.keys(dict).length > 0 ? dict : undefined);
  return defined({
    Target: mount.target,
    Source: mount.source,
    Type: mount.type,
    ReadOnly: mount.read_only,
    Consistency: mount.consistency,
    BindOptions: filled(defined({ Propagation: mount.propagation })),
    VolumeOptions: filled(volume),
    TmpfsOptions: filled(tmpfs),
  });
}

/** One of `volumes`: with a source it is a bind, without one a nameless volume. */
type Volume = { readonly text: string; readonly target: string; readonly bind?: string };

function parseVolume(text: string, home: string): Volume {
  const parts = text.split(':');
  const from = (host: string) =>
    /^[.~]/.test(host) ? posix.resolve(home, host.replace(/^~(?=\/|$)/, home)) : host;
  if (parts.length === 3) {
    const [host, target, wanted] = parts as [string, string, string];
    if (!isMode(wanted)) throw new StepError(`Found invalid volumes mode: ${wanted}`);
    return { text, target, bind: `${from(host)}:${target}:${wanted}` };
  }
  if (parts.length === 2 && !isMode(parts[1]!))
    return { text, target: parts[1]!, bind: `${from(parts[0]!)}:${parts[1]}:rw` };
  return { text, target: parts[0]! };
}

function refuseTwice(a: ContainerArgs, volumes: readonly Volume[]): void {
  const all = [
    ...(a.mounts ?? []).map((m) => [m.target, 'mounts'] as const),
    ...volumes.map((v) => [v.target, 'volumes'] as const),
  ];
  const owner = new Map<string, string>();
  for (const [target, option] of all) {
    const other = owner.get(target);
    const where =
      other === option ? `twice in the ${option} option` : `both in the ${option} and ${other} option`;
    if (other !== undefined) throw new StepError(`The mount point "${target}" appears ${where}`);
    owner.set(target, option);
  }
}

/** What `volumes` means: binds, and nameless volumes. */
export function volumesWish(
  a: ContainerArgs,
  seen: Seen,
): { readonly binds: string[]; readonly nameless: string[] } | undefined {
  const volumes = a.volumes?.map((v) => parseVolume(v, seen.home ?? '/'));
  refuseTwice(a, volumes ?? []);
  if (volumes === undefined) return undefined;
  return {
    binds: volumes.flatMap((v) => v.bind ?? []),
    nameless: volumes.flatMap((v) => (v.bind === undefined ? [v.text] : [])),
  };
}

/** The nameless volumes a container has: the image's, and its own. */
export function namelessExpected(wish: Json | undefined, seen: Seen): string[] | undefined {
  const image = Object.keys(objectOf(imageConfig(seen).Volumes) ?? {});
  const all = [...new Set([...image, ...(Array.isArray(wish) ? wish.map(String) : [])])];
  return all.length > 0 ? all : undefined;
}
