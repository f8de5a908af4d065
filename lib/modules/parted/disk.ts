import { exactNumber } from '../../values/exact.js';
import type { Json, JsonObject } from '../../values/json.js';
import { float } from '../../values/number.js';

/** Units of sizes, in parted's words. */
export const UNITS = [
  ...['s', 'B', 'KB', 'KiB', 'MB', 'MiB', 'GB', 'GiB', 'TB', 'TiB', '%', 'cyl', 'chs', 'compact'],
] as const;
export type Unit = (typeof UNITS)[number];

/** A size as parted writes it: a number and its unit, or cylinder, head and sector. */
export type Size = { readonly value: Json; readonly number: number; readonly unit: string };

/** One partition of a disk. */
export type Partition = {
  readonly num: number;
  readonly begin: Size;
  readonly end: Size;
  readonly size?: Size;
  readonly fstype: string;
  readonly name: string;
  readonly flags: readonly string[];
};

/** What parted tells of a disk; `told` is what results show of it. */
export type Disk = {
  readonly table: string;
  readonly size: Size;
  readonly told: JsonObject;
  readonly partitions: readonly Partition[];
};

/** Reads a size; undefined when it is none. `unit` counts where there is none in the text. */
export function sizeOf(text: string, unit = ''): Size | undefined {
  const [, digits, own] = /^(-?[\d.]+) *([\w%]+)?$/.exec(text) ?? [];
  if (digits !== undefined) {
    const number = Number(digits);
    return Number.isNaN(number)
      ? undefined
      : { value: exactNumber(float(number)) ?? number, number, unit: own ?? unit };
  }
  const [, cylinder, head, sector] = /^(\d+),(\d+),(\d+)$/.exec(text) ?? [];
  if (cylinder === undefined) return undefined;
  const value = { cylinder: Number(cylinder), head: Number(head), sector: Number(sector) };
  return { value, number: Number(cylinder), unit: 'chs' };
}

const NONE: Size = { value: '', number: 0, unit: '' };

function partition(fields: readonly string[], chs: boolean): Partition {
  const [num, begin = '', end = '', ...rest] = fields;
  const [size = '', fstype = '', name = '', flags = ''] = chs ? ['', ...rest] : rest;
  return {
    num: Number(num),
    begin: sizeOf(begin) ?? NONE,
    end: sizeOf(end) ?? NONE,
    size: chs ? undefined : sizeOf(size),
    ...{ fstype, name, flags: flags.split(', ').filter((flag) => flag !== '') },
  };
}

/** Reads what `parted -m print` printed; undefined when there is no disk in it. */
export function readDisk(printed: string, asked: string): Disk | undefined {
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((line) => line.trimEnd().replace(/;$/, '').split(':'));
  const [dev, size = '', , logical, physical, table, model] = rows[1] ?? [];
  const whole = sizeOf(size, asked);
  if (dev === undefined || table === undefined || !whole) return undefined;
  const geometry = whole.unit === 'cyl' || whole.unit === 'chs' ? rows[2] : undefined;
  const cylinder = geometry && sizeOf(geometry[3] ?? '');
  const [cylinders, heads, sectors] = (geometry ?? []).map(Number);
  const parts = rows.slice(geometry ? 3 : 2).map((row) => partition(row, whole.unit === 'chs'));
  return {
    table,
    size: whole,
    partitions: parts,
    told: {
      ...{ dev, size: whole.value, unit: whole.unit.toLowerCase(), table, model: model ?? '' },
      ...{ logical_block: Number(logical), physical_block: Number(physical) },
      ...(cylinder && {
        chs_info: {
          ...{ cylinders, heads, sectors },
          ...{ cyl_size: cylinder.value, cyl_size_unit: cylinder.unit.toLowerCase() },
        },
      }),
    },
  };
}

/** A partition as results show it. */
export function shownPartition(part: Partition, unit: string): JsonObject {
  const { num, begin, end, size, fstype, name, flags } = part;
  const sizes = { begin: begin.value, end: end.value, size: size?.value ?? '' };
  return { num, ...sizes, fstype, name, flags: [...flags], unit: unit.toLowerCase() };
}

const SI = ['B', 'KB', 'MB', 'GB', 'TB'];
const IEC = ['KiB', 'MiB', 'GiB', 'TiB'];

/** The bytes of a size. Megabytes are meant where parted would choose the unit itself. */
export function bytesOf(number: number, unit: string): number {
  if (SI.includes(unit)) return Math.trunc(number * 1000 ** SI.indexOf(unit));
  if (IEC.includes(unit)) return Math.trunc(number * 1024 ** (IEC.indexOf(unit) + 1));
  return Math.trunc(['', 'compact', 'cyl', 'chs'].includes(unit) ? number * 1000 ** 2 : number);
}
