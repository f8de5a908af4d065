import type { Json } from '../../values/json.js';
import type { ArgSpec } from '../args.js';

const flag = (doc: string) => ({ type: 'bool', doc }) as const;
const words = (doc: string) => ({ type: 'list', elements: 'str', doc }) as const;

/** Arguments that are fields of the stanza, as sources.list(5) explains them. */
export const fieldArgs = {
  name: { type: 'str', required: true, doc: 'Name of the repository, and of its file.' },
  allow_downgrade_to_insecure: flag('A repository that was signed may be unsigned.'),
  allow_insecure: flag('The repository may be unsigned.'),
  allow_weak: flag('Signatures with a weak digest are taken.'),
  architectures: words('Architectures of packages.'),
  by_hash: flag('Indexes are fetched by their hashes.'),
  check_date: flag('The dates of the Release file are looked at.'),
  check_valid_until: flag('A Release file that is out of date is refused.'),
  components: words('Components of the suites.'),
  date_max_future: { type: 'int', doc: 'Seconds by which a Release file may be ahead.' },
  enabled: flag('Whether apt uses it.'),
  inrelease_path: { type: 'str', doc: 'Where the InRelease file is.' },
  languages: words('Languages of descriptions.'),
  pdiffs: flag('Old indexes are patched.'),
  signed_by: { type: 'str', doc: 'A keyring file, fingerprints, an armored key, or the URL of one.' },
  suites: words('Suites, as bookworm or bookworm-updates.'),
  targets: words('What is fetched.'),
  trusted: flag('The repository counts as signed.'),
  types: {
    type: 'list',
    elements: 'str',
    choices: ['deb', 'deb-src'],
    default: ['deb'],
    doc: 'Programs, sources, or both.',
  },
  uris: words('Where it is.'),
} as const satisfies ArgSpec;

/** The file name that follows from a repository's name. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_\s]+/g, '-')
    .replace(/[^a-z0-9-]+/g, '');
}

function fieldName(name: string): string {
  if (name === 'name') return 'X-Repolib-Name';
  if (name === 'uris') return 'URIs';
  return name.replace(/[a-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1)).replaceAll('_', '-');
}

function fieldText(value: Json): string {
  if (typeof value === 'boolean') return ` ${value ? 'yes' : 'no'}`;
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  if (!text.includes('\n')) return ` ${text}`;
  // A line that is empty would end the stanza.
  const lines = text.trim().split('\n');
  return lines.map((line) => `\n    ${line.trim() || '.'}`).join('');
}

/** The stanza of a repository; fields stand in the order of the arguments' names. */
export function stanza(fields: Readonly<Record<string, Json | undefined>>): string {
  const given = Object.keys(fieldArgs).filter((name) => (fields[name] ?? null) !== null);
  return given
    .sort()
    .map((name) => `${fieldName(name)}:${fieldText(fields[name]!)}\n`)
    .join('');
}
