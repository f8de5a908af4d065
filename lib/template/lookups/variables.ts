import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { type Caller, type Lookup, TemplateError } from '../library.js';
import { pattern } from '../regex/pattern.js';
import { use } from '../runtime/undefined.js';
import { lookup, termText } from './options.js';

function variable(name: string, fallback: Value | undefined, caller: Caller): Value {
  const found = caller.scope.get(name) ?? new Undefined(name, `'${name}' is undefined`);
  if (!(found instanceof Undefined)) return found;
  return fallback === undefined || fallback === null ? use(found) : fallback;
}

const varnames = lookup('', (terms, _options, { scope }) => {
  const names = Array.from(scope.names());
  return terms.flatMap((term) => {
    const wanted = pattern(termText(term));
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

const config = lookup('on_missing plugin_type plugin_name', (terms, options, caller) =>
  terms.flatMap((term) => {
    const answer = caller.host.service?.('config', [termText(term)]);
    if (answer !== undefined) return [answer];
    if (options.text('on_missing', 'error') !== 'error') return [];
    throw new TemplateError(`there is no setting '${termText(term)}'`);
  }),
);

/** Lookups of variables and of what the run knows. */
export const variableLookups: Record<string, Lookup> = {
  vars: lookup('default', (terms, options, caller) =>
    terms.map((term) => variable(termText(term), options.get('default'), caller)),
  ),
  varnames,
  inventory_hostnames: inventoryHostnames,
  config,
};
