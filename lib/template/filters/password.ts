import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';
import { hashPassword } from '../crypt/password.js';
import { type Filter, TemplateError } from '../library.js';
import { count, text } from '../read.js';
import { filter } from '../signature.js';

const optional = (v: Value | undefined): string | undefined =>
  v === undefined || v === null ? undefined : text(v);

const passwordHash = filter(
  'hashtype? salt? salt_size? rounds? ident?',
  (input, [type = 'sha512', salt, size, rounds, ident]) => {
    if (typeof input !== 'string')
      throw new TemplateError(`password_hash needs a text, not ${typeName(input)}`);
    return hashPassword(input, text(type), {
      salt: optional(salt),
      saltSize: count(size, 0),
      rounds: count(rounds, 0),
      ident: optional(ident) ?? '',
    });
  },
);

/** The filter that hashes passwords for /etc/shadow. */
export const passwordFilters: Record<string, Filter> = { password_hash: passwordHash };
