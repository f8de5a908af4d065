import { FfeError } from '../errors/error.js';
import { truthy } from '../values/truth.js';
import { Undefined } from '../values/undefined.js';
import type { Value } from '../values/value.js';
import { createCompiler } from './compiled.js';
import { outcomeOfTests, wrapCondition } from './condition.js';
import { readHeader } from './lex/header.js';
import { DEFAULT_SYNTAX, type Syntax } from './lex/syntax.js';
import type { HostFiles, Library, Scope } from './library.js';
import { runLookup } from './lookup.js';
import { renderError, syntaxError } from './problems.js';
import { namesRead } from './reads.js';
import { createCaller, createRender, runCompiled, type Shop } from './render.js';
import { finish, join, typed } from './runtime/output.js';
import type { Render, Unit } from './runtime/state.js';
import type { Origin, TemplateOptions, Templater } from './templater.js';
import { fileUnit, stringUnit } from './units.js';

const ONE_NAME = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}\n?$/;
const NOT_NAMES = new Set(['true', 'false', 'none', 'True', 'False', 'None', 'not']);

/** True when a string can be a template at all. */
function hasDelimiters(source: string): boolean {
  const at = source.indexOf('{');
  return at !== -1 && (source.includes('{{', at) || source.includes('{%', at) || source.includes('{#', at));
}

function newlinesAtEnd(text: string): number {
  let n = 0;
  while (n < text.length && text.charCodeAt(text.length - 1 - n) === 10) n++;
  return n;
}

/** Jinja2 drops one newline at the end of a template; Ansible puts back what the source had. */
function restoreNewlines(result: string, source: string, sequence: string): string {
  const lost = newlinesAtEnd(source) - newlinesAtEnd(result);
  return lost > 0 ? result + sequence.repeat(lost) : result;
}

function guarded<T>(r: Render, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw renderError(error, r);
  }
}

/** `{{ name }}` alone: numbers, bools and None as they are; everything else by the general rules, without compiling. */
function single(
  shop: Shop,
  source: string,
  name: string,
  scope: Scope,
  files: HostFiles,
  unit: Unit,
): Value | undefined {
  if (NOT_NAMES.has(name) || !scope.has(name)) return undefined;
  const raw = scope.raw ? scope.raw(name) : scope.get(name);
  const kind = typeof raw;
  if (raw === null || kind === 'number' || kind === 'boolean' || kind === 'bigint') return raw as Value;
  const v = scope.get(name);
  if (v === undefined || v instanceof Undefined) return undefined;
  if (typeof v === 'object' && v !== null && v.constructor?.name === 'PyFloat' && raw === v) return v;
  const r = createRender(shop, scope, files, unit, true);
  return guarded(r, () => {
    if (typeof v === 'string' && scope.native?.(name)) return restoreNewlines(v, source, '\n');
    const { value } = typed([finish(r, 3, v)]);
    return typeof value === 'string' ? restoreNewlines(value, source, '\n') : value;
  });
}

function renderValue(shop: Shop, source: string, scope: Scope, files: HostFiles, unit: Unit): Value {
  const one = ONE_NAME.exec(source);
  const quick = one ? single(shop, source, one[1]!, scope, files, unit) : undefined;
  if (quick !== undefined) return quick;
  const r = createRender(shop, scope, files, unit, true);
  return guarded(r, () => {
    const { text, syntax } = readHeader(source, DEFAULT_SYNTAX);
    const { value } = typed(runCompiled(r, shop.compile(text, syntax, true)));
    return typeof value === 'string' ? restoreNewlines(value, source, syntax.newlineSequence) : value;
  });
}

function syntaxOf(options: TemplateOptions | undefined): Syntax {
  return options ? { ...DEFAULT_SYNTAX, ...options } : DEFAULT_SYNTAX;
}

function renderFile(
  shop: Shop,
  source: string,
  name: string,
  scope: Scope,
  files: HostFiles,
  options?: TemplateOptions,
): string {
  const { text, syntax, lines } = readHeader(source, syntaxOf(options));
  const r = createRender(shop, scope, files, fileUnit(name, lines), false, syntax);
  return guarded(r, () =>
    restoreNewlines(join(runCompiled(r, shop.compile(text, syntax, false))), source, syntax.newlineSequence),
  );
}

function renderCondition(
  shop: Shop,
  source: string,
  scope: Scope,
  files: HostFiles,
  origin?: Origin,
): boolean {
  const first = hasDelimiters(source) ? renderValue(shop, source, scope, files, stringUnit(origin)) : source;
  if (typeof first !== 'string' || first === '') return truthy(first);
  const { text, shift } = wrapCondition(first);
  const r = createRender(shop, scope, files, stringUnit(origin, shift), true);
  try {
    return guarded(
      r,
      () => join(runCompiled(r, shop.compile(text, DEFAULT_SYNTAX, false))).trim() === 'True',
    );
  } catch (error) {
    const outcome =
      error instanceof FfeError && error.code === 'undefined' ? outcomeOfTests(first, error) : undefined;
    if (outcome === undefined) throw error;
    return outcome;
  }
}

/** Makes the templater of a run over its filters, tests and lookups. */
export function createTemplater(library: Library): Templater {
  const compile = createCompiler(library);
  const shop: Shop = {
    library,
    compile,
    value: (text, scope, files) =>
      hasDelimiters(text) ? renderValue(shop, text, scope, files, stringUnit(undefined)) : text,
    file: (text, name, scope, files) => renderFile(shop, text, name, scope, files),
  };
  const reads = namesRead();
  return {
    value: (source, scope, files, origin) =>
      hasDelimiters(source) ? renderValue(shop, source, scope, files, stringUnit(origin)) : source,
    file: (source, name, scope, files, options) => renderFile(shop, source, name, scope, files, options),
    condition: (source, scope, files, origin) => renderCondition(shop, source, scope, files, origin),
    expression: (source, scope, files, origin) =>
      hasDelimiters(source)
        ? renderValue(shop, source, scope, files, stringUnit(origin))
        : renderValue(shop, `{{ ${source} }}`, scope, files, stringUnit(origin, 3)),
    lookup: (name, terms, kwargs, scope, files) => {
      const r = createRender(shop, scope, files, stringUnit(undefined), true);
      return guarded(r, () => runLookup(library, name, terms, kwargs, createCaller(shop, scope, files)));
    },
    check: (source, kind, origin) => {
      if (kind === 'value' && !hasDelimiters(source)) return;
      const unit =
        kind === 'file'
          ? fileUnit(origin?.pos?.file ?? '<template>')
          : stringUnit(origin, kind === 'condition' ? 6 : 0);
      try {
        const { text, syntax } = readHeader(source, DEFAULT_SYNTAX);
        if (kind !== 'condition' || hasDelimiters(source)) compile(text, syntax, kind !== 'file');
        else compile(wrapCondition(source).text, syntax, false);
      } catch (error) {
        throw syntaxError(error, unit);
      }
    },
    reads,
  };
}
