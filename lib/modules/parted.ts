import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { type Disk, readDisk, shownPartition, sizeOf, UNITS } from './parted/disk.js';
import { naming, type PartitionWish, partitionOf, placing } from './parted/script.js';
import { StepError, step, stepping } from './steps.js';

const args = {
  device: { type: 'str', required: true, doc: 'The disk, or a file.' },
  number: { type: 'int', doc: 'Which partition; needed except for state info.' },
  state: {
    type: 'str',
    default: 'info',
    choices: ['absent', 'info', 'present'],
    doc: 'Whether it is there.',
  },
  label: {
    type: 'str',
    default: 'msdos',
    choices: ['aix', 'amiga', 'bsd', 'dvh', 'gpt', 'loop', 'mac', 'msdos', 'pc98', 'sun'],
    doc: 'The kind of partition table; one of another kind is replaced, with all partitions.',
  },
  part_type: {
    type: 'str',
    default: 'primary',
    choices: ['extended', 'logical', 'primary'],
    doc: 'The kind of partition, for msdos and dvh.',
  },
  part_start: { type: 'str', default: '0%', doc: 'Where it begins, such as 1GiB; negative: from the end.' },
  part_end: { type: 'str', default: '100%', doc: 'Where it ends.' },
  fs_type: { type: 'str', doc: 'The kind of file system that will be in it, noted in the table.' },
  name: { type: 'str', doc: 'Its name, where the table has names.' },
  flags: { type: 'list', elements: 'str', doc: 'Its flags; others are taken off.' },
  resize: { type: 'bool', default: false, doc: 'Move the end of one that is there to part_end.' },
  unit: {
    type: 'str',
    default: 'KiB',
    choices: UNITS,
    doc: 'The unit of what is told, and of bare numbers.',
  },
  align: {
    type: 'str',
    default: 'optimal',
    choices: ['cylinder', 'minimal', 'none', 'optimal', 'undefined'],
    doc: 'How new partitions are aligned; undefined leaves it to parted.',
  },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

async function look(info: RunInfo, { device, unit }: Args): Promise<Disk> {
  // A file without a table is told with an error, and told all the same.
  const done = await step(info, ['parted', '-s', '-m', device, '--', 'unit', unit, 'print']);
  if (done.rc === 127)
    throw new StepError(
      'Failed to find required executable "parted" on the node; Debian\'s package parted has it',
    );
  const disk = readDisk(done.out, unit);
  const known = done.rc === 0 || done.err.includes('unrecognised disk label');
  if (known && disk) return disk;
  const command = `parted -s -m ${device} -- unit '${unit}' print`;
  throw new StepError(`Error while getting device information with parted script: '${command}'`, {
    ...{ rc: done.rc, out: done.out, err: done.err },
  });
}

async function perform(info: RunInfo<typeof args>, script: string): Promise<void> {
  const { device, align } = info.args;
  if (script === '' || info.check) return;
  const aligned = align === 'undefined' ? [] : ['-a', align];
  // The script is words for parted; a name is quoted once for it and stays one word.
  const words = [...script.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
  const argv = ['parted', '-s', '-m', ...aligned, device, '--', ...words];
  const done = await step(info, argv);
  if (done.rc !== 0)
    throw new StepError(`Error while running parted script: ${argv.join(' ')}`, {
      ...{ rc: done.rc, out: done.out, err: done.err },
    });
  info.did(`parted ${device}: ${script}`);
}

/** Makes the partition, then gives it its name and flags; answers with what parted was told. */
async function present(info: RunInfo<typeof args>, wish: PartitionWish, disk: Disk): Promise<string> {
  const first = placing(wish, disk);
  await perform(info, first);
  const now = first === '' || info.check ? disk : await look(info, info.args);
  const part = first !== '' && info.check ? { flags: [], name: '' } : partitionOf(now, wish.number);
  if (!part) throw new StepError(`parted made no partition ${wish.number} on ${info.args.device}`);
  const second = naming(wish, part);
  await perform(info, second);
  return [first, second].filter(Boolean).join(' ');
}

async function decide(info: RunInfo<typeof args>, disk: Disk): Promise<string> {
  const { args: a } = info;
  const { number = 0 } = a;
  switch (a.state) {
    case 'info':
      return `unit '${a.unit}' print`;
    case 'present':
      return present(info, { ...a, number }, disk);
    case 'absent': {
      const script = partitionOf(disk, number) ? `rm ${number}` : '';
      await perform(info, script);
      return script;
    }
  }
}

async function run(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  if (a.number !== undefined && a.number < 1)
    throw new StepError('The partition number must be greater then 0.');
  for (const place of ['part_start', 'part_end'] as const) {
    const unit = sizeOf(a[place], 'compact')?.unit;
    if (!UNITS.some((known) => known === unit))
      throw new StepError(
        `The argument '${place}' doesn't respect required format. The size unit is case sensitive.`,
      );
  }
  const disk = await look(info, a);
  const script = await decide(info, disk);
  const changed = a.state !== 'info' && script !== '';
  const now = changed && !info.check ? await look(info, a) : disk;
  const partitions = now.partitions.map((part) => shownPartition(part, now.size.unit));
  return { changed, disk: now.told, partitions, script };
}

/** Keeps partitions of disks, by parted. */
export const parted = defineModule({
  name: 'parted',
  collection: 'community.general',
  summary: 'Makes, changes, removes and tells the partitions of a disk.',
  args,
  rules: {
    requiredIf: [
      ['state', 'present', ['number']],
      ['state', 'absent', ['number']],
    ],
  },
  returns: {
    disk: 'the disk: dev, size, unit, table, model, logical_block and physical_block',
    partitions: 'of each: num, begin, end, size, unit, fstype, name and flags',
    script: 'what parted was told to do',
  },
  examples: `
- name: The data disk has one partition for LVM
  parted:
    device: /dev/vdb
    number: 1
    label: gpt
    name: data
    flags: [lvm]
    state: present
`,
  check: 'handled',
  run: (info) => stepping(() => run(info)),
});
