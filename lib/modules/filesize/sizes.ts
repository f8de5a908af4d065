import type { JsonObject } from '../../values/json.js';

/** A size that cannot be meant. */
export class SizeError extends Error {}

const LETTERS = ['K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

/** The bytes of every unit: of thousands (MB), and of 1024 (M, MiB), in either case as Ansible takes them. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ...LETTERS.flatMap((letter, i): [string, number][] => {
    const [si, iec] = [1000 ** (i + 1), 1024 ** (i + 1)];
    const small = letter.toLowerCase();
    return [
      [`${letter}B`, si],
      [`${small}B`, si],
      [`${letter}iB`, iec],
      [letter, iec],
      [small, iec],
    ];
  }),
]);

/** A size in so many blocks of so many bytes. */
export type Blocks = { readonly blocks: number; readonly blocksize: number; readonly bytes: number };

type Amount = { readonly value: number; readonly unit?: string; readonly bytes: number };

function amount(words: string): Amount {
  const [, digits = '', unit = ''] = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(\S*)\s*$/.exec(words) ?? [];
  if (digits === '') throw new SizeError(`invalid size (${words}): it is no number`);
  const value = Number(digits);
  if (unit === '') return { value, bytes: Math.round(value) };
  const factor = UNITS.get(unit);
  if (factor === undefined)
    throw new SizeError(
      `invalid size unit (${unit}): unit must be one of ${[...UNITS.keys()].join(', ')}, or none.`,
    );
  if (unit === 'B' && !Number.isInteger(value))
    throw new SizeError('byte is the smallest unit and requires an integer value');
  return { value, unit, bytes: Math.round(value * factor) };
}

// The largest of these that divides a size is the size of its blocks, where that of the file system does not.
const DIVISORS = [1024, 1000, 512, 256, 128, 100, 64, 32, 16, 10, 8, 4, 2, 1];

function blockOf({ value, unit = 'B', bytes }: Amount, blocksize: number): number {
  if (bytes % blocksize === 0) return blocksize;
  const factor = UNITS.get(unit) ?? 1;
  if (Number.isInteger(value)) {
    if (factor <= 1024 ** 2) return factor;
    return factor % 5 === 0 ? 1000 ** 2 : 1024 ** 2;
  }
  if (bytes > 0 && bytes < blocksize) return bytes;
  return DIVISORS.find((one) => bytes % one === 0) ?? 1;
}

/** The blocks that a size comes to: without a unit it is a number of blocks. Throws a SizeError. */
export function blocksOf(size: string, blocksize: string): Blocks {
  const block = amount(blocksize);
  if ((block.unit ?? 'B') === 'B' && !Number.isInteger(block.value))
    throw new SizeError('invalid blocksize value: bytes require an integer value');
  if (block.bytes === 0) throw new SizeError('block size cannot be equal to zero');
  const wished = amount(size);
  const bytes = wished.unit === undefined ? block.bytes : blockOf(wished, block.bytes);
  const blocks = Math.ceil(wished.unit === undefined ? wished.value : wished.bytes / bytes);
  return { blocks, blocksize: bytes, bytes: blocks * bytes };
}

function human(bytes: number, base: 1000 | 1024): string {
  const power = Math.min(
    LETTERS.length,
    bytes < base ? 0 : Math.floor(Math.log(bytes) / Math.log(base) + 1e-12),
  );
  if (power === 0) return `${bytes} B`;
  const value = Math.round((bytes / base ** power) * 100) / 100;
  const letter = LETTERS[power - 1]!;
  const unit = base === 1024 ? `${letter}iB` : letter === 'K' ? 'kB' : `${letter}B`;
  return `${Number.isInteger(value) ? `${value}.0` : value} ${unit}`;
}

/** The blocks as results tell them. */
export function toldBlocks({ blocks, blocksize, bytes }: Blocks): JsonObject {
  return { blocks, blocksize, bytes, iec: human(bytes, 1024), si: human(bytes, 1000) };
}

/** A number or text of an argument as words. */
export function sizeWords(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new SizeError('invalid value type: size must be integer, float or string');
}
