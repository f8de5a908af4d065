import { type StructuredPatchHunk, structuredPatch } from 'diff';
import type { Json, JsonObject } from '../values/json.js';
import { dump } from './dump.js';
import { type Paint, plain, type Tone } from './paint.js';

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** One side of a diff as text; trees of attributes are printed as JSON. */
function side(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return `${dump(value, 4)}\n`;
}

function header(prefix: string, name: Json | undefined): string {
  return typeof name === 'string' && name !== '' ? `${prefix}: ${name}` : prefix;
}

/** Above this many edits the middle is shown as one replacement: a diff nobody reads is not worth minutes. */
const MOST_EDITS = 5000;

function toneOf(line: string): Tone {
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'plain';
}

function hunkText(hunk: StructuredPatchHunk, paint: Paint): string[] {
  // A side without lines counts from the line before.
  const range = (start: number, count: number): string =>
    count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`;
  const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
  return [paint('hunk', head), ...hunk.lines.map((line) => paint(toneOf(line), line))];
}

function hunksOf(before: string, after: string, context: number): StructuredPatchHunk[] {
  const patch = structuredPatch('', '', before, after, '', '', { context, maxEditLength: MOST_EDITS });
  return patch?.hunks ?? [replaced(before, after)];
}

function replaced(before: string, after: string): StructuredPatchHunk {
  const [old, fresh] = [before, after].map((t) => t.replace(/\n$/, '').split('\n')) as [string[], string[]];
  return {
    oldStart: 1,
    oldLines: old.length,
    newStart: 1,
    newLines: fresh.length,
    lines: [...old.map((l) => `-${l}`), ...fresh.map((l) => `+${l}`)],
  };
}

function one(diff: JsonObject, paint: Paint, context: number): string[] {
  if (typeof diff.prepared === 'string') return [diff.prepared];
  const hunks = hunksOf(side(diff.before), side(diff.after), context);
  if (hunks.length === 0) return [];
  return [
    paint('removed', `--- ${header('before', diff.before_header)}`),
    paint('added', `+++ ${header('after', diff.after_header)}`),
    ...hunks.flatMap((h) => hunkText(h, paint)),
    '',
  ];
}

/** The unified diffs of a result with so many equal lines around each change, ready to print; '' when there are none. */
export function diffText(result: JsonObject, paint: Paint = plain, context = 3): string {
  const { diff } = result;
  const list = Array.isArray(diff) ? diff : diff === undefined ? [] : [diff];
  return list
    .filter(isObject)
    .flatMap((d) => one(d, paint, context))
    .join('\n');
}
