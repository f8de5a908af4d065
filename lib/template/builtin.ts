import { combinationFilters } from './filters/combinations.js';
import { combineFilters } from './filters/combine.js';
import { commentFilters } from './filters/comment.js';
import { defaultFilters } from './filters/defaults.js';
import { dictFilters } from './filters/dicts.js';
import { durationFilters } from './filters/durations.js';
import { encodingFilters } from './filters/encoding.js';
import { generalListFilters } from './filters/general-lists.js';
import { generalTextFilters } from './filters/general-text.js';
import { hardwareFilters } from './filters/hardware.js';
import { htmlFilters } from './filters/html.js';
import { ipaddrFilters } from './filters/ipaddr.js';
import { jsonFilters } from './filters/json.js';
import { keyFilters } from './filters/keys.js';
import { networkFilters } from './filters/networks.js';
import { numberFilters } from './filters/numbers.js';
import { objectPathFilters, objectPathLookups } from './filters/object-paths.js';
import { passwordFilters } from './filters/password.js';
import { pathFilters } from './filters/paths.js';
import { queryFilters } from './filters/query.js';
import { randomFilters } from './filters/random.js';
import { regexFilters } from './filters/regex.js';
import { selectFilters } from './filters/select.js';
import { sequenceFilters } from './filters/sequences.js';
import { setFilters } from './filters/sets.js';
import { sizeFilters } from './filters/sizes.js';
import { sortingFilters } from './filters/sorting.js';
import { textFilters } from './filters/text.js';
import { timeFilters } from './filters/time.js';
import { urlizeFilters } from './filters/urlize.js';
import { urlFilters } from './filters/urls.js';
import { vaultFilters } from './filters/vault.js';
import { wrapFilters } from './filters/wrap.js';
import { yamlFilters } from './filters/yaml.js';
import { type Filter, type Library, type Lookup, TemplateError, type Test } from './library.js';
import { commandLookups } from './lookups/commands.js';
import { fileTreeLookups } from './lookups/file-tree.js';
import { fileLookups } from './lookups/files.js';
import { generalLookups } from './lookups/general.js';
import { listLookups } from './lookups/lists.js';
import { passwordLookups } from './lookups/password.js';
import { sequenceLookups } from './lookups/sequence.js';
import { tableLookups } from './lookups/tables.js';
import { urlLookups } from './lookups/url.js';
import { variableLookups } from './lookups/variables.js';
import { vaultServerLookups } from './lookups/vault-server.js';
import { comparisonTests } from './tests/comparisons.js';
import { fileTests } from './tests/files.js';
import { kindTests } from './tests/kinds.js';
import { networkTests } from './tests/networks.js';
import { patternTests } from './tests/patterns.js';
import { resultTests } from './tests/results.js';
import { urlTests } from './tests/urls.js';
import { versionTests } from './tests/versions.js';

const FILTERS: Record<string, Filter> = {
  ...defaultFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectFilters,
  ...sortingFilters,
  ...setFilters,
  ...combineFilters,
  ...dictFilters,
  ...combinationFilters,
  ...textFilters,
  ...wrapFilters,
  ...commentFilters,
  ...htmlFilters,
  ...jsonFilters,
  ...yamlFilters,
  ...encodingFilters,
  ...passwordFilters,
  ...pathFilters,
  ...randomFilters,
  ...regexFilters,
  ...sizeFilters,
  ...timeFilters,
  ...urlFilters,
  ...urlizeFilters,
  ...vaultFilters,
  ...queryFilters,
  ...hardwareFilters,
  ...networkFilters,
  ...ipaddrFilters,
  ...generalListFilters,
  ...generalTextFilters,
  ...durationFilters,
  ...keyFilters,
  ...objectPathFilters,
};

const TESTS: Record<string, Test> = {
  ...kindTests,
  ...comparisonTests,
  ...resultTests,
  ...patternTests,
  ...versionTests,
  ...fileTests,
  ...urlTests,
  ...networkTests,
};

const LOOKUPS: Record<string, Lookup> = {
  ...variableLookups,
  ...urlLookups,
  ...vaultServerLookups,
  ...tableLookups,
  ...sequenceLookups,
  ...passwordLookups,
  ...listLookups,
  ...fileLookups,
  ...fileTreeLookups,
  ...generalLookups,
  ...objectPathLookups,
  ...commandLookups,
};

const knownName =
  (kind: string, has: (name: string) => boolean): Test =>
  (input) => {
    if (typeof input === 'string' && has(input)) return true;
    throw new TemplateError(`there is no ${kind} '${String(input)}'`);
  };

// Ansible asks its plug-in loader, which refuses an unknown name instead of saying no.
const NAMES: Record<string, Test> = {
  filter: knownName('filter', (name) => Object.hasOwn(FILTERS, name)),
  test: knownName('test', (name) => Object.hasOwn(TESTS, name)),
};

/** Everything that Jinja2 3.1 and ansible-core 2.14 offer to templates, by plain name. */
export const library: Library = {
  filters: new Map(Object.entries(FILTERS)),
  tests: new Map(Object.entries({ ...TESTS, ...NAMES })),
  lookups: new Map(Object.entries(LOOKUPS)),
};
