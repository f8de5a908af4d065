import { exactNumber } from '../../values/exact.js';
import type { Json } from '../../values/json.js';
import { float } from '../../values/number.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { StepError, step } from '../steps.js';
import { type Group, readSize, target, type VolumeSize } from './volume-size.js';

/** What is wished of a logical volume. */
export type VolumeWish = {
  readonly vg: string;
  readonly lv?: string;
  readonly size?: string;
  readonly state: 'absent' | 'present';
  readonly active: boolean;
  readonly force: boolean;
  readonly opts?: string;
  readonly snapshot?: string;
  readonly pvs?: string;
  readonly thinpool?: string;
  readonly shrink: boolean;
  readonly resizefs: boolean;
};

type Volume = {
  readonly name: string;
  readonly size: number;
  readonly active: boolean;
  readonly pool: boolean;
  readonly thin: boolean;
};
type Seen = { readonly group: Group; readonly volumes: readonly Volume[] };

function words(text: string | undefined, between = /\s+/): string[] {
  return (text ?? '').split(between).filter(Boolean);
}

/** A number that is a float for Python. */
function told(n: number): Json {
  return exactNumber(float(n)) ?? n;
}

/** The group and its volumes; undefined when there is no such group. */
async function look(info: RunInfo, vg: string, unit: string): Promise<Seen | undefined> {
  const asked = (program: string, columns: string) => [
    ...[program, '-a', '--noheadings', '--nosuffix', '-o', columns],
    ...['--units', unit.toLowerCase(), '--separator', ';', vg],
  ];
  const group = await step(info, asked('vgs', 'size,free,vg_extent_size'));
  if (group.rc === 127)
    throw new StepError(
      'Failed to find required executable "vgs" on the node; Debian\'s package lvm2 has it',
    );
  const volumes = await step(info, asked('lvs', 'lv_name,size,lv_attr'));
  if (group.rc !== 0 || volumes.rc !== 0) return undefined;
  const [size = 0, free = 0, extent = 0] = group.out.trim().split(';').map(Number);
  const rows = volumes.out.split('\n').filter((line) => line.trim() !== '');
  const read = rows.map((line): Volume => {
    const [name = '', much, attributes = ''] = line.trim().split(';');
    const flags = { active: attributes[4] === 'a', pool: attributes[0] === 't', thin: attributes[0] === 'V' };
    return { name: name.replace(/[[\]]/g, ''), size: Number(much), ...flags };
  });
  return { group: { size, free, extent }, volumes: read };
}

/** The name of the volume that is meant; the others that it needs must be there. */
function meant(a: VolumeWish, volumes: readonly Volume[]): string {
  const { vg, lv = '', thinpool, snapshot } = a;
  if (snapshot !== undefined) {
    const origin = volumes.find(({ name }) => name === lv || name === thinpool);
    if (!origin) throw new StepError(`Snapshot origin LV ${lv} does not exist in volume group ${vg}.`);
    if (origin.pool || thinpool !== undefined)
      throw new StepError('Snapshots of thin pool LVs are not supported.');
    return snapshot;
  }
  if (thinpool === undefined) return lv;
  if (a.lv === undefined) return thinpool;
  if (!volumes.some(({ name }) => name === thinpool))
    throw new StepError(`Thin pool LV ${thinpool} does not exist in volume group ${vg}.`);
  return lv;
}

function creating(a: VolumeWish, size: VolumeSize | undefined, volumes: readonly Volume[]): string[] {
  const { vg, lv = '', thinpool, snapshot } = a;
  if (size?.sign === '-') throw new StepError(`Bad size specification of '-${size.words}' for creating LV`);
  const thin = snapshot !== undefined && volumes.some((v) => v.name === lv && v.thin);
  if (!size && !thin) throw new StepError('No size given.');
  const sized = size ? [size.whole ? '-l' : '-L', size.words] : [];
  const opts = words(a.opts);
  if (snapshot !== undefined) return [...sized, '-s', '-n', snapshot, ...opts, `${vg}/${lv}`];
  if (thinpool !== undefined && a.lv !== undefined) {
    if (size?.whole) throw new StepError('Thin volume sizing with percentage not supported.');
    return ['-n', lv, '-V', size?.words ?? '', ...opts, '-T', `${vg}/${thinpool}`];
  }
  if (thinpool !== undefined) return [...sized, ...opts, '-T', `${vg}/${thinpool}`];
  return ['-n', lv, ...sized, ...opts, vg, ...words(a.pvs, /[\s,]+/)];
}

/** Runs a program of LVM, in check mode with nothing written; a StepError with these words when it fails. */
async function perform(info: RunInfo, argv: readonly string[], failure: string): Promise<void> {
  const [program = '', ...rest] = argv;
  const done = await step(info, [program, ...(info.check ? ['--test'] : []), ...rest]);
  if (done.rc !== 0) throw new StepError(failure, { rc: done.rc, err: done.err });
  info.did(argv.join(' '));
}

/** The program that brings a volume to its size; undefined when it is right. */
function resizing(a: VolumeWish, size: VolumeSize, now: Volume, group: Group): string[] | undefined {
  const wished = target(size, now.size, group);
  const { name } = now;
  if (wished > now.size) {
    if (size.whole && group.free < wished - now.size)
      throw new StepError(
        `Logical Volume ${name} could not be extended. Not enough free space left (${wished - now.size}${size.unit} required / ${group.free}${size.unit} available)`,
      );
    return ['lvextend'];
  }
  // A percentage is rounded to whole extents, so that one more is no difference.
  const above = size.whole ? now.size > wished + group.extent : now.size > wished;
  if (!above || !(a.shrink || size.sign === '-')) return undefined;
  if (wished < (size.whole ? 1 : Number.MIN_VALUE))
    throw new StepError(`Sorry, no shrinking of ${name} to 0 permitted.`);
  if (!a.force) throw new StepError(`Sorry, no shrinking of ${name} without force=true.`);
  return ['lvreduce', '--force'];
}

async function adapt(info: RunInfo, a: VolumeWish, now: Volume, group: Group): Promise<ModuleResult> {
  const size = a.size ? readSize(a.size) : undefined;
  const tool = size && resizing(a, size, now, group);
  const volume = `${a.vg}/${now.name}`;
  if (size && tool) {
    const amount = [size.whole ? '-l' : '-L', `${size.sign}${size.words}`];
    const argv = [
      ...tool,
      ...(a.resizefs ? ['--resizefs'] : []),
      ...amount,
      volume,
      ...words(a.pvs, /[\s,]+/),
    ];
    await perform(info, argv, `Unable to resize ${now.name} to ${size.words}`);
  }
  const switching = now.active !== a.active;
  if (switching)
    await perform(
      info,
      ['lvchange', a.active ? '-ay' : '-an', volume],
      `Failed to ${a.active ? 'activate' : 'deactivate'} logical volume ${now.name}`,
    );
  return { changed: tool !== undefined || switching, vg: a.vg, lv: now.name, size: told(now.size) };
}

/** Brings a logical volume to what is wished. */
export async function run(info: RunInfo, a: VolumeWish): Promise<ModuleResult> {
  const size = a.size ? readSize(a.size) : undefined;
  const seen = await look(info, a.vg, size?.unit ?? 'm');
  const none = `Volume group ${a.vg} does not exist.`;
  if (!seen && a.state === 'absent') return { changed: false, stdout: none };
  if (!seen) throw new StepError(none);
  const wanted = meant(a, seen.volumes);
  const now = seen.volumes.find(({ name }) => name === wanted || name === wanted.split('/').at(-1));
  if (a.state === 'absent') {
    if (!now) return { changed: false, msg: '' };
    if (!a.force) throw new StepError(`Sorry, no removal of logical volume ${now.name} without force=true.`);
    const failure = `Failed to remove logical volume ${now.name}`;
    await perform(info, ['lvremove', '--force', `${a.vg}/${now.name}`], failure);
    return { changed: true };
  }
  if (now) return adapt(info, a, now, seen.group);
  const argv = ['lvcreate', '--yes', ...creating(a, size, seen.volumes)];
  await perform(info, argv, `Creating logical volume '${wanted}' failed`);
  return { changed: true, msg: '' };
}
