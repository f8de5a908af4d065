import { combinationFilters } from './filters/combinations.js';
import { combineFilters } from './filters/combine.js';
import { commentFilters } from './filters/comment.js';
import { defaultFilters } from './filters/defaults.js';
import { dictFilters } from './filters/dicts.js';
import { htmlFilters } from './filters/html.js';
import { jsonFilters } from './filters/json.js';
import { numberFilters } from './filters/numbers.js';
import { selectFilters } from './filters/select.js';
import { sequenceFilters } from './filters/sequences.js';
import { setFilters } from './filters/sets.js';
import { sortingFilters } from './filters/sorting.js';
import { textFilters } from './filters/text.js';
import { wrapFilters } from './filters/wrap.js';
import type { Filter, Library, Lookup, Test } from './library.js';
import { comparisonTests } from './tests/comparisons.js';
import { kindTests } from './tests/kinds.js';
import { resultTests } from './tests/results.js';

const FILTERS: Record<string, Filter>[] = [
  defaultFilters,
  numberFilters,
  sequenceFilters,
  selectFilters,
  sortingFilters,
  setFilters,
  combineFilters,
  dictFilters,
  combinationFilters,
  textFilters,
  wrapFilters,
  commentFilters,
  htmlFilters,
  jsonFilters,
];

const TESTS: Record<string, Test>[] = [kindTests, comparisonTests, resultTests];

const LOOKUPS: Record<string, Lookup>[] = [];

function gather<T>(parts: Record<string, T>[]): ReadonlyMap<string, T> {
  return new Map(parts.flatMap((part) => Object.entries(part)));
}

/** Everything that Jinja2 3.1 and ansible-core 2.14 offer to templates, by plain name. */
export const library: Library = {
  filters: gather(FILTERS),
  tests: gather(TESTS),
  lookups: gather(LOOKUPS),
};
