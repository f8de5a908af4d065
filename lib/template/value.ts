import { Undefined } from '../values/undefined.js';
import { PyFloat, type Value } from '../values/value.js';
import { readHeader } from './lex/header.js';
import { DEFAULT_SYNTAX, type Syntax } from './lex/syntax.js';
import type { HostFiles, Scope } from './library.js';
import { renderError } from './problems.js';
import { createRender, runCompiled, type Shop } from './render.js';
import { finish, NativeText, type Typed, typed } from './runtime/output.js';
import type { Render, Unit } from './runtime/state.js';

const ONE_NAME = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}\n?$/;
const NOT_NAMES = new Set(['true', 'false', 'none', 'True', 'False', 'None', 'not']);

/** True when a string can be a template at all. */
export function hasDelimiters(source: string, syntax: Syntax = DEFAULT_SYNTAX): boolean {
  if (syntax !== DEFAULT_SYNTAX)
    return [syntax.variableStart, syntax.blockStart, syntax.commentStart].some((s) => source.includes(s));
  const at = source.indexOf('{');
  return at !== -1 && (source.includes('{{', at) || source.includes('{%', at) || source.includes('{#', at));
}

function newlinesAtEnd(text: string): number {
  let n = 0;
  while (n < text.length && text.charCodeAt(text.length - 1 - n) === 10) n++;
  return n;
}

/** Jinja2 drops one newline at the end of a template; Ansible puts back what the source had. */
export function restoreNewlines(result: string, source: string, sequence: string): string {
  const lost = newlinesAtEnd(source) - newlinesAtEnd(result);
  return lost > 0 ? result + sequence.repeat(lost) : result;
}

/** Runs something of a render; what it throws becomes an error that a user can read. */
export function guarded<T>(r: Render, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw renderError(error, r);
  }
}

function restored(result: Typed, source: string, sequence: string): Typed {
  if (typeof result.value !== 'string' || source.charCodeAt(source.length - 1) !== 10) return result;
  const value = restoreNewlines(result.value, source, sequence);
  return value === result.value ? result : { value, native: false };
}

/** `{{ name }}` alone: numbers, bools and None as they are, all else by the general rules, without compiling. */
function single(
  shop: Shop,
  source: string,
  name: string,
  scope: Scope,
  files: HostFiles,
  unit: Unit,
): Typed | undefined {
  if (NOT_NAMES.has(name) || !scope.has(name)) return undefined;
  const raw = scope.raw ? scope.raw(name) : scope.get(name);
  if (raw === null || (typeof raw !== 'string' && typeof raw !== 'object') || raw instanceof PyFloat)
    return raw === undefined ? undefined : { value: raw as Value, native: false };
  const v = scope.get(name);
  if (v === undefined || v instanceof Undefined) return undefined;
  if (typeof v === 'string')
    return restored(
      typed([scope.native?.(name) ? (new NativeText(v) as unknown as Value) : v], shop.native),
      source,
      '\n',
    );
  const r = createRender(shop, scope, files, unit, true);
  return guarded(r, () => restored(typed([finish(r, 3, v)], shop.native), source, '\n'));
}

/** Templates a string of a playbook that has delimiters. */
export function renderValue(shop: Shop, source: string, scope: Scope, files: HostFiles, unit: Unit): Typed {
  const one = shop.syntax.variableStart === '{{' ? ONE_NAME.exec(source) : null;
  const quick = one ? single(shop, source, one[1]!, scope, files, unit) : undefined;
  if (quick !== undefined) return quick;
  const r = createRender(shop, scope, files, unit, true);
  return guarded(r, () => {
    const { text, syntax } = readHeader(source, shop.syntax);
    const result = typed(runCompiled(r, shop.compile(text, syntax, true)), shop.native);
    return restored(result, source, syntax.newlineSequence);
  });
}
