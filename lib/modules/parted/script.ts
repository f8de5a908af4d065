import { bytesOf, type Disk, type Partition, sizeOf } from './disk.js';

/** What is wished of a partition. */
export type PartitionWish = {
  readonly number: number;
  readonly unit: string;
  readonly label: string;
  readonly part_type: string;
  readonly part_start: string;
  readonly part_end: string;
  readonly fs_type?: string;
  readonly name?: string;
  readonly flags?: readonly string[];
  readonly resize: boolean;
};

/** The partition of a number. */
export function partitionOf(disk: Disk, number: number): Partition | undefined {
  return disk.partitions.find(({ num }) => num === number);
}

/** A script with its unit before it; '' when there is nothing to do. */
function withUnit(unit: string, words: readonly string[]): string {
  return words.length > 0 ? [`unit ${unit}`, ...words].join(' ') : '';
}

function resized(wish: PartitionWish, disk: Disk, part: Partition): string[] {
  const end = sizeOf(wish.part_end, wish.unit);
  if (!end) return [];
  const percent = end.unit === '%';
  const size = percent ? Math.trunc((Math.trunc(disk.size.number) * end.number) / 100) : end.number;
  const wished = bytesOf(size, percent ? wish.unit : end.unit);
  const now = bytesOf(part.end.number, wish.unit);
  return wished === now ? [] : [`resizepart ${wish.number} ${wish.part_end}`];
}

/** What parted is to do so that the partition is there. A table of another kind is replaced, with all that is in it. */
export function placing(wish: PartitionWish, disk: Disk): string {
  const part = partitionOf(disk, wish.number);
  const labelled = disk.table === wish.label;
  const make = [wish.part_type, wish.fs_type, wish.part_start, wish.part_end].filter(Boolean).join(' ');
  return withUnit(wish.unit, [
    ...(labelled ? [] : [`mklabel ${wish.label}`]),
    ...(labelled && part ? [] : [`mkpart ${make}`]),
    ...(wish.resize && part ? resized(wish, disk, part) : []),
  ]);
}

/** What parted is to do so that the partition has its name and flags. */
export function naming(wish: PartitionWish, part: Pick<Partition, 'flags' | 'name'>): string {
  const { number, name, flags = [] } = wish;
  const wished = flags.includes('esp') && !flags.includes('boot') ? [...flags, 'boot'] : flags;
  const on = wished.filter((flag) => !part.flags.includes(flag));
  const off = flags.length > 0 ? part.flags.filter((flag) => !wished.includes(flag)) : [];
  return withUnit(wish.unit, [
    ...(name !== undefined && part.name !== name ? [`name ${number} '"${name}"'`] : []),
    ...on.map((flag) => `set ${number} ${flag} on`),
    ...off.map((flag) => `set ${number} ${flag} off`),
  ]);
}
