import { str } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import { isMissing, Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { type Caller, type Lookup, TemplateError } from '../library.js';
import { pattern } from '../regex/pattern.js';
import { use } from '../runtime/undefined.js';
import { lookup } from './options.js';
import { PLUGIN_VARIABLES } from './plugin-settings.js';

function variable(name: string, fallback: Value | undefined, caller: Caller): Value {
  const found = caller.scope.get(name) ?? new Undefined(name, `No variable found with this name: ${name}`);
  if (!(found instanceof Undefined)) return found;
  return !isMissing(found) || fallback === undefined || fallback === null ? use(found) : fallback;
}

function identifier(term: Value): string {
  if (typeof term === 'string') return term;
  throw new TemplateError(
    `Invalid setting identifier, "${str(term)}" is not a string, its type is ${typeName(term)}`,
  );
}

function usable(text: string): ReturnType<typeof pattern> {
  try {
    return pattern(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`Unable to use "${text}" as a search parameter: ${why}`);
  }
}

const varnames = lookup('', (terms, _options, { scope }) => {
  const names = Array.from(scope.names());
  return terms.flatMap((term) => {
    const wanted = usable(identifier(term));
    return names.filter((name) => wanted.search(name) !== undefined);
  });
});

function service(name: string, caller: Caller, args: Value[]): Value {
  const answer = caller.host.service?.(name, args);
  if (answer === undefined) throw new TemplateError(`'${name}' cannot be asked here`);
  return answer;
}

const inventoryHostnames = lookup('', (terms, _options, caller) => {
  const names = service('inventory_hostnames', caller, terms);
  return Array.isArray(names) ? names : [names];
});

const MISSING = ['error', 'skip', 'warn'];

/** An option of a plug-in, which only variables set. */
function pluginOption(name: string, plugin: string | undefined, caller: Caller): Value | undefined {
  const names = (plugin && PLUGIN_VARIABLES[plugin]?.[name]) || [];
  const known = names.map((one) => caller.scope.get(one));
  return known.find((value) => value !== undefined && !(value instanceof Undefined)) as Value | undefined;
}

const config = lookup('on_missing plugin_type plugin_name', (terms, options, caller) => {
  const missing = options.text('on_missing', 'error');
  if (!MISSING.includes(missing))
    throw new TemplateError(`on_missing is '${missing}', valid values are ${MISSING.join(', ')}`);
  const type = options.get('plugin_type');
  const plugin = type ? `${str(type)}/${options.text('plugin_name', '')}` : undefined;
  return terms.flatMap((term) => {
    const name = identifier(term);
    const answer = pluginOption(name, plugin, caller) ?? caller.host.service?.('config', [name]);
    if (answer !== undefined) return [answer];
    if (missing !== 'error') return [];
    throw new TemplateError(
      /[a-z]/.test(name) ? `Invalid setting "${name}" attempted` : `Unable to find setting ${name}`,
    );
  });
});

/** Lookups of variables and of what the run knows. */
export const variableLookups: Record<string, Lookup> = {
  vars: lookup('default', (terms, options, caller) =>
    terms.map((term) => variable(identifier(term), options.get('default'), caller)),
  ),
  varnames,
  inventory_hostnames: inventoryHostnames,
  config,
};
