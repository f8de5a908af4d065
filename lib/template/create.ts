import { FfeError } from '../errors/error.js';
import { truthy } from '../values/truth.js';
import { checkNamed, mayNameFunctions } from './compile/named.js';
import { type CompileText, createCompiler, parseText, remembering } from './compiled.js';
import { CONDITION_SHIFT, dataCondition, outcomeOfTests, readsData, wrapCondition } from './condition.js';
import { readHeader } from './lex/header.js';
import { DEFAULT_SYNTAX, type Syntax } from './lex/syntax.js';
import type { HostFiles, Library, Scope } from './library.js';
import { runLookup } from './lookup.js';
import { syntaxError } from './problems.js';
import { namesRead } from './reads.js';
import { createRender, runCompiled, type Shop } from './render.js';
import { join } from './runtime/output.js';
import type { Origin, TemplateOptions, Templater } from './templater.js';
import { fileUnit, stringUnit } from './units.js';
import { guarded, hasDelimiters, renderValue, restoreNewlines } from './value.js';

function renderFile(
  shop: Shop,
  source: string,
  name: string,
  scope: Scope,
  files: HostFiles,
  options?: TemplateOptions,
): string {
  // A file is text, and so is what its variables print, whatever the playbook's strings are.
  const other = options || shop.native ? shop.with({ ...options, native: false }) : shop;
  if (other !== shop) return renderFile(other, source, name, other.under(scope), files);
  const { text, syntax, lines } = readHeader(source, shop.syntax);
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
  reads: Templater['reads'],
  origin?: Origin,
): boolean {
  const first = hasDelimiters(source)
    ? renderValue(shop, source, scope, files, stringUnit(origin)).value
    : source;
  if (typeof first !== 'string' || first === '') return truthy(first);
  if (first !== source && readsData(source, scope, reads)) throw dataCondition(origin);
  const r = createRender(shop, scope, files, stringUnit(origin, CONDITION_SHIFT), true);
  try {
    return guarded(r, () => join(runCompiled(r, shop.compileCondition(first))).trim() === 'True');
  } catch (error) {
    const asked = error instanceof FfeError && error.code === 'undefined';
    const outcome = asked ? outcomeOfTests(first, error) : undefined;
    if (outcome === undefined) throw error;
    return outcome;
  }
}

function checkText(shop: Shop, source: string, kind: 'value' | 'file' | 'condition', origin?: Origin): void {
  if (kind === 'value' && !hasDelimiters(source)) return;
  const bare = kind === 'condition' && !hasDelimiters(source);
  const unit =
    kind === 'file'
      ? fileUnit(origin?.pos?.file ?? '<template>')
      : stringUnit(origin, bare ? CONDITION_SHIFT : 0);
  try {
    const { text, syntax } = readHeader(source, DEFAULT_SYNTAX);
    if (bare) shop.compileCondition(source);
    else shop.compile(text, syntax, kind !== 'file');
    if (!mayNameFunctions(source)) return;
    const tree = bare
      ? parseText(wrapCondition(source), syntax, false)
      : parseText(text, syntax, kind !== 'file');
    checkNamed(tree, shop.library);
  } catch (error) {
    throw syntaxError(error, unit);
  }
}

type Shared = {
  readonly library: Library;
  readonly compile: CompileText;
  readonly reads: Templater['reads'];
  readonly variants: Map<string, Shop>;
};

const keyOf = (syntax: Syntax, native: boolean): string => `${native}${JSON.stringify(syntax)}`;

function variant(shared: Shared, syntax: Syntax, native: boolean): Shop {
  const key = keyOf(syntax, native);
  const made = shared.variants.get(key) ?? shopOf(shared, syntax, native);
  shared.variants.set(key, made);
  return made;
}

function shopOf(shared: Shared, syntax: Syntax, native: boolean): Shop {
  const { library, compile } = shared;
  const typed: Shop['typed'] = (source, scope, files, origin) =>
    hasDelimiters(source, syntax)
      ? renderValue(shop, source, scope, files, stringUnit(origin))
      : { value: source, native: false };
  const shop: Shop = {
    library,
    compile,
    native,
    syntax,
    typed,
    compileCondition: remembering((text) => compile(wrapCondition(text), DEFAULT_SYNTAX, false)),
    value: (text, scope, files) => typed(text, scope, files).value,
    file: (text, name, scope, files, options) => renderFile(shop, text, name, scope, files, options),
    with: ({ native: wanted = native, ...options }) =>
      variant(shared, Object.keys(options).length > 0 ? { ...syntax, ...options } : syntax, wanted),
    under: (scope) => scope.under?.(templaterOf(shared, shop)) ?? scope,
  };
  return shop;
}

function templaterOf({ library, reads }: Shared, shop: Shop): Templater {
  const { typed, syntax } = shop;
  return {
    typed,
    value: (source, scope, files, origin) => typed(source, scope, files, origin).value,
    file: (source, name, scope, files, options) => renderFile(shop, source, name, scope, files, options),
    condition: (source, scope, files, origin) => renderCondition(shop, source, scope, files, reads, origin),
    expression: (source, scope, files, origin) =>
      hasDelimiters(source)
        ? typed(source, scope, files, origin).value
        : renderValue(shop, `{{ ${source} }}`, scope, files, stringUnit(origin, 3)).value,
    lookup: (name, terms, kwargs, scope, files) => {
      const r = createRender(shop, scope, files, stringUnit(undefined), true);
      return guarded(r, () => runLookup(library, name, terms, kwargs, r.caller));
    },
    check: (source, kind, origin) => checkText(shop, source, kind, origin),
    ...(syntax === DEFAULT_SYNTAX ? {} : { may: (text) => hasDelimiters(text, syntax) }),
    reads,
    native: shop.native,
  };
}

/** Makes the templater of a run over its filters, tests and lookups; `native`: its values are Jinja2's native types. */
export function createTemplater(library: Library, native = false): Templater {
  const shared = { library, compile: createCompiler(library), reads: namesRead(), variants: new Map() };
  const shop = shopOf(shared, DEFAULT_SYNTAX, native);
  shared.variants.set(keyOf(DEFAULT_SYNTAX, native), shop);
  return templaterOf(shared, shop);
}
