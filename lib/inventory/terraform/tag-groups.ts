import type { Json } from '../../values/json.js';
import { safeGroupName } from '../group-name.js';
import { objectOf } from './state.js';

/** Keys whose values are names of groups as they stand, several with commas or semicolons between them. */
const NAMING = ['group', 'groups', 'role', 'roles', 'ansible_group', 'ansible_groups'];

/** A host's own name makes no group. */
const OWN = ['name', 'hostname'];

const separated = (text: string): string[] => text.split(/[,;]/).map((part) => part.trim());

function ofPair(key: string, value: string): string[] {
  if (OWN.includes(key.toLowerCase())) return [];
  if (value === '') return [key];
  if (!NAMING.includes(key.toLowerCase())) return [`${key}_${value}`];
  return separated(value).flatMap((name) => [name, `${key}_${name}`]);
}

/** A tag of a list: a word, or a pair that somebody has written as one. */
function ofWord(word: string): string[] {
  const [, key, value] = /^([\w.-]+)[:=](.+)$/.exec(word) ?? [];
  return key !== undefined && value !== undefined ? ofPair(key, value) : [word];
}

function namesOf(tags: Json): string[] {
  if (typeof tags === 'string') return separated(tags).flatMap(ofWord);
  if (Array.isArray(tags)) return tags.flatMap((tag) => ofWord(String(tag)));
  return Object.entries(objectOf(tags)).flatMap(([key, value]) => ofPair(key, String(value ?? '')));
}

/**
 * The groups that tags and labels put a host in, spelt as groups are: `env = prod` is the group `env_prod`, the tag
 * `web` the group `web`, and `role = web` (or `group`, `groups`) both.
 */
export function tagGroups(tags: readonly Json[]): string[] {
  const names = tags.flatMap(namesOf).filter((name) => name !== '');
  return [...new Set(names.map(safeGroupName))];
}
