import type { JsonObject } from '../../values/json.js';
import type { KnownUser, UserWish } from './user-state.js';

const HASHES: Readonly<Record<string, number>> = { '1': 22, '5': 43, '6': 86 };

/** Ansible's guess whether a password is a hash. */
function looksHashed(password: string | undefined): boolean {
  if (!password || ['*', '!', '*************'].includes(password)) return true;
  const fields = password.split('$');
  const last = fields.at(-1) ?? '';
  const length = HASHES[fields[1] ?? ''];
  return (
    !/[:*!]/.test(password) &&
    fields.length >= 3 &&
    /^[a-zA-Z0-9./=]*$/.test(last) &&
    (length === undefined || last.length === length)
  );
}

/** What a wish for a user is warned of, as a field of the result. */
export function userWarnings(wish: UserWish, user: KnownUser | undefined): JsonObject {
  const warnings: string[] = [];
  if (wish.append && wish.groups === undefined)
    warnings.push(
      "'append' is set, but no 'groups' are specified. Use 'groups' for appending new groups.This will change to an error in Ansible 2.14.",
    );
  if (!looksHashed(wish.password))
    warnings.push(
      "The input password appears not to have been hashed. The 'password' argument must be encrypted for this module to work properly.",
    );
  if (wish.local && user === undefined)
    warnings.push(
      `'local: true' specified and user '${wish.name}' was not found in /etc/passwd. The local user account may already exist if the local account database exists somewhere other than /etc/passwd.`,
    );
  return warnings.length === 0 ? {} : { warnings };
}
