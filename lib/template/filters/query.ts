import { createRequire } from 'node:module';
import { fromJson, toJson } from '../../values/convert.js';
import type { Json } from '../../values/json.js';
import { type Filter, TemplateError } from '../library.js';
import { asText } from '../read.js';
import { filter } from '../signature.js';

type Search = (data: Json, expression: string, options: { enable_legacy_literals: boolean }) => Json;

// Loaded when it is first used, since few runs need it and every start would pay for it.
function searcher(): Search {
  const load = createRequire(import.meta.url);
  return (load('@jmespath-community/jmespath') as { search: Search }).search;
}

/** The same data without JavaScript's own members, which the library would find like entries. */
function bare(json: Json): Json {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(bare);
  const entries = Object.entries(json).map(([key, value]) => [
    key,
    { value: bare(value ?? null), enumerable: true },
  ]);
  return Object.create(null, Object.fromEntries(entries));
}

const jsonQuery = filter('expr', (input, [expression]) => {
  const source = asText(expression, 'a JMESPath expression');
  try {
    return fromJson(searcher()(bare(toJson(input)), source, { enable_legacy_literals: true }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new TemplateError(`json_query '${source}': ${error.message}`, { cause: error });
  }
});

/** The filter that asks by JMESPath (collection community.general). */
export const queryFilters: Record<string, Filter> = { json_query: jsonQuery };
