import { str } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import { Bytes, type Value } from '../../values/value.js';
import { decode } from '../bytes.js';
import { literalOr, pythonLiteral } from './literal.js';
import { MAX_OUTPUT, type Render } from './state.js';
import { type Item, use, useDeep } from './undefined.js';

/** Text that came from a filter like `to_json`: alone in a template it stays text, whatever it looks like. */
export class NativeText {
  constructor(readonly text: string) {}
}

/** A template's result; `native` as above, for whoever reads the value through another variable. */
export type Typed = { readonly value: Value; readonly native: boolean };

/** A printed value as a chunk of output: None is nothing, iterators are lists, an undefined is an error. */
export function finish(r: Render, at: number, v: Item): Item {
  if (typeof v === 'string') return v;
  if (v === null) return r.native ? null : '';
  r.at = at;
  if (v instanceof Undefined) return v.lax ? '' : use(v);
  if (typeof v === 'object') useDeep(v);
  return v instanceof Special && v.face.finish ? v.face.finish() : v;
}

/** Marks the text of a string filter. */
export function native(v: Item): Item {
  return typeof v === 'string' ? (new NativeText(v) as unknown as Item) : v;
}

function text(chunk: Item): string {
  if (typeof chunk === 'string') return chunk;
  if (chunk instanceof NativeText) return chunk.text;
  return chunk instanceof Bytes ? decode(chunk.data) : str(chunk);
}

/** All chunks as one text. */
export function join(chunks: readonly Item[]): string {
  if (chunks.length === 1) return text(chunks[0]!);
  let out = '';
  for (const chunk of chunks) {
    out += text(chunk);
    if (out.length > MAX_OUTPUT)
      throw new ValueProblem(`the output is longer than ${MAX_OUTPUT} characters`, 'MemoryError');
  }
  return out;
}

function isPlain(v: Value): boolean {
  if (v === null || typeof v === 'string' || typeof v === 'boolean') return true;
  if (typeof v === 'number' || typeof v === 'bigint') return true;
  if (Array.isArray(v)) return v.every(isPlain);
  if (!(v instanceof Map)) return false;
  for (const [key, value] of v) if (!isPlain(key) || !isPlain(value)) return false;
  return true;
}

/** The chunks as Jinja2's native types: one value as it is, text as the Python literal that it may be. */
function nativelyTyped(chunks: readonly Item[]): Typed {
  const [only = null] = chunks;
  if (only instanceof NativeText && chunks.length === 1) return { value: only.text, native: true };
  if (chunks.length < 2 && typeof only !== 'string') return { value: use(only), native: false };
  const text = join(chunks);
  return { value: pythonLiteral(text) ?? text, native: false };
}

/**
 * The chunks as Ansible types them: one text of a string filter stays text; what reads like a list, dict or bool
 * becomes one; all else is text.
 */
export function typed(chunks: readonly Item[], natively = false): Typed {
  if (natively) return nativelyTyped(chunks);
  const only = chunks.length === 1 ? chunks[0]! : undefined;
  if (only instanceof NativeText) return { value: only.text, native: true };
  // Printing such a list and reading it again would give the same list.
  if ((Array.isArray(only) || only instanceof Map) && isPlain(only)) return { value: only, native: false };
  if (typeof only === 'boolean') return { value: only, native: false };
  return { value: literalOr(join(chunks)), native: false };
}

/** What a macro, a block or a `set` block gives: typed in playbook strings, text in template files. */
export function gather(r: Render, chunks: readonly Item[]): Value {
  return r.typed ? typed(chunks, r.native).value : join(chunks);
}
