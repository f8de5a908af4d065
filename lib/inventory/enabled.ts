import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { PLUGIN_NAMES } from './plugins/index.js';

/** The readers of sources that Ansible enables where nothing is said, in its order. */
export const DEFAULT_READERS: readonly string[] = ['host_list', 'script', 'auto', 'yaml', 'ini', 'toml'];

const KNOWN: readonly string[] = [...DEFAULT_READERS, 'advanced_host_list', 'terraform', ...PLUGIN_NAMES];

/** A reader's name as it is known here: without the collection that every installation has. */
export function readerName(name: string): string {
  return name.replace(/^ansible\.(?:builtin|legacy)\./, '');
}

/**
 * The readers that a configuration enables; one that there is not is warned of. Throws code 'usage' when none is left.
 */
export function enabledReaders(names: readonly string[], warn: (text: string) => void): readonly string[] {
  const known = names.filter((name) => KNOWN.includes(readerName(name)));
  for (const name of names)
    if (!known.includes(name))
      warn(`Failed to load inventory plugin, skipping ${name}${didYouMean(readerName(name), KNOWN)}`);
  if (known.length > 0) return known.map(readerName);
  throw new FfeError(
    'usage',
    'No inventory plugins available to generate inventory, make sure you have at least one enabled.',
    { hint: `those there are: ${KNOWN.join(', ')}` },
  );
}
