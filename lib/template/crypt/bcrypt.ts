import { hashSync } from 'bcryptjs';
import { LETTERS, randomSalt } from './alphabet.js';

const BCRYPT_LETTERS = `./${LETTERS.slice(12, 38)}${LETTERS.slice(38)}0123456789`;

/** A bcrypt salt whose last letter carries no bits that bcrypt would drop. */
function repaired(salt: string): string {
  const last = BCRYPT_LETTERS.indexOf(salt[21]!);
  return salt.slice(0, 21) + BCRYPT_LETTERS[last & 0b110000];
}

/** Hashes a password by bcrypt; the salt has 22 letters, the cost counts powers of two. */
export function bcrypt(password: string, salt: string | undefined, cost: number, ident: string): string {
  const setting = `$2b$${String(cost).padStart(2, '0')}$${repaired(salt ?? randomSalt(22))}`;
  return `$${ident}$${hashSync(password, setting).slice(4)}`;
}
