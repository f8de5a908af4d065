import { relative } from 'node:path';
import type { Paint } from '../../report/paint.js';
import { writeJson } from '../../template/json-write.js';
import { readsOtherwise } from '../../template/yaml/analyze.js';
import type { Value } from '../../values/value.js';
import type { Explained, Source } from '../../vars/explain.js';
import { masked } from './masked.js';

/** How to print: colours, secrets hidden, values in full or at one line's length. */
export type TextStyle = {
  readonly paint: Paint;
  readonly hide: (text: string) => string;
  readonly whole: boolean;
};

const LONGEST = 100;

/** A value on one line, so that 8080 and '8080' can be told apart. */
function shown(value: Value): string {
  if (typeof value !== 'string') return writeJson(value, { ensureAscii: false });
  const plain = value !== '' && !readsOtherwise(value) && !/[\n\r\t]|^["'[{\s]|\s$/.test(value);
  return plain ? value : writeJson(value, { ensureAscii: false });
}

function cut(text: string, style: TextStyle): string {
  const hidden = style.hide(text);
  return style.whole || hidden.length <= LONGEST ? hidden : `${hidden.slice(0, LONGEST - 3)}...`;
}

/** A path as it is shortest from here. */
export function shortPath(file: string): string {
  if (!file.startsWith('/')) return file;
  const near = relative(process.cwd(), file);
  return near.startsWith('../../') || near === '' ? file : near;
}

function placeOf({ pos, file }: Source): string {
  if (pos) return `${shortPath(pos.file)}:${pos.line}`;
  return file ? shortPath(file) : '-';
}

function levelOf({ level, owner }: Source): string {
  return owner ? `${level} (${owner})` : level;
}

type Row = readonly [word: 'from' | 'over', source: Source];

const rowsOf = ({ from, over }: Explained): Row[] => [
  ['from', from],
  ...over.map((source) => ['over', source] as const),
];

function written(name: string, { raw }: Source): string | undefined {
  return raw === undefined ? undefined : shown(masked(name, raw));
}

function headOf({ name, value, from }: Explained, style: TextStyle): string[] {
  const { paint } = style;
  const raw = written(name, from);
  if (value instanceof Error)
    return [
      `${paint('changed', name)}: ${raw === undefined ? '' : cut(raw, style)}`,
      `    ${paint('failed', `error: ${style.hide(value.message)}`)}`,
    ];
  const finished = shown(masked(name, value));
  const lines = [`${paint('changed', name)}: ${cut(finished, style)}`];
  // A sealed text has no template to show.
  if (raw !== undefined && raw !== finished && /\{[{%#]/.test(raw))
    lines.push(`    is    ${paint('skipped', cut(raw, style))}`);
  return lines;
}

/** Variables with their places, the winning one first, in aligned columns. */
export function varsText(list: readonly Explained[], style: TextStyle): string {
  const rows = list.flatMap(rowsOf);
  const place = Math.max(0, ...rows.map(([, source]) => placeOf(source).length));
  const level = Math.max(0, ...rows.map(([, source]) => levelOf(source).length));
  const line = (name: string, [word, source]: Row): string => {
    const start = `    ${word}  ${placeOf(source).padEnd(place)}  ${levelOf(source)}`;
    const before = word === 'over' ? written(name, source) : undefined;
    if (before === undefined) return start;
    const gap = ' '.repeat(level - levelOf(source).length + 2);
    return style.paint('skipped', `${start}${gap}${cut(before, style)}`);
  };
  return list
    .flatMap((one) => [...headOf(one, style), ...rowsOf(one).map((row) => line(one.name, row))])
    .map((text) => `${text}\n`)
    .join('');
}
