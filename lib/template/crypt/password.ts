import { createHash } from 'node:crypto';
import { nearest } from '../../errors/suggest.js';
import { TemplateError } from '../library.js';
import { randomSalt } from './alphabet.js';
import { bcrypt } from './bcrypt.js';
import { md5Crypt } from './md5.js';
import { SHA256, SHA512, shaCrypt } from './sha.js';

/** How a password is hashed; whatever is left out takes the default of its method. */
export type HashOptions = { salt?: string | undefined; saltSize?: number; rounds?: number; ident?: string };

type Method = {
  saltSize: number;
  exact: boolean;
  rounds: readonly [usual: number, least: number, most: number];
  /** The most rounds that are worth waiting for: hashing holds up every host, and nothing can stop it. */
  bearable: number;
  hash(password: string, salt: string, rounds: number, ident: string): string;
};

const METHODS: Record<string, Method> = {
  md5_crypt: {
    saltSize: 8,
    exact: false,
    rounds: [0, 0, 0],
    bearable: 0,
    hash: (password, salt) => md5Crypt(password, salt),
  },
  sha256_crypt: {
    saltSize: 16,
    exact: false,
    rounds: [535_000, 1000, 999_999_999],
    bearable: 2_000_000,
    hash: (password, salt, rounds) => shaCrypt(SHA256, password, salt, rounds),
  },
  sha512_crypt: {
    saltSize: 16,
    exact: false,
    rounds: [656_000, 1000, 999_999_999],
    bearable: 2_000_000,
    hash: (password, salt, rounds) => shaCrypt(SHA512, password, salt, rounds),
  },
  bcrypt: { saltSize: 22, exact: true, rounds: [12, 4, 31], bearable: 15, hash: bcrypt },
};

const ALIASES: Record<string, string> = {
  md5: 'md5_crypt',
  sha256: 'sha256_crypt',
  sha512: 'sha512_crypt',
  blowfish: 'bcrypt',
};

function methodOf(name: string): Method {
  const method = METHODS[ALIASES[name] ?? name];
  if (method) return method;
  const known = [...Object.keys(ALIASES), ...Object.keys(METHODS)];
  const near = nearest(name, known);
  throw new TemplateError(
    `password_hash does not support '${name}' algorithm${near ? ` (did you mean '${near}'?)` : `; known are ${known.join(', ')}`}`,
  );
}

/** The number of letters in a method's salt (8 for a method that is not known). */
export function saltSize(name: string): number {
  return METHODS[ALIASES[name] ?? name]?.saltSize ?? 8;
}

/** What a bcrypt hash starts with by default; other methods have nothing of the kind. */
export function defaultIdent(name: string): string | undefined {
  return (ALIASES[name] ?? name) === 'bcrypt' ? '2b' : undefined;
}

function checkSalt(salt: string, method: Method): string {
  if (/[^./0-9A-Za-z]/.test(salt))
    throw new TemplateError('a salt may only hold letters, digits, points and slashes');
  if (salt.length > method.saltSize) {
    if (method.exact) return salt.slice(0, method.saltSize);
    throw new TemplateError(`the salt must not be longer than ${method.saltSize}`);
  }
  if (method.exact && salt.length !== method.saltSize)
    throw new TemplateError(`the salt must have ${method.saltSize} letters`);
  return salt;
}

function checkRounds(rounds: number, { rounds: [, least, most], bearable }: Method): number {
  if (most > 0 && (rounds < least || rounds > most))
    throw new TemplateError(`the rounds must be between ${least} and ${most}`);
  if (rounds > bearable && bearable > 0)
    throw new TemplateError(`${rounds} rounds take too long; at most ${bearable} are made`);
  return rounds;
}

const IDENTS = ['2', '2a', '2x', '2y', '2b'];

const KEPT = 1000;
const kept = new Map<string, string>();

/** The hash made before of the same input: one takes over a second, and every host of a fleet asks for the same. */
function once(parts: readonly (string | number)[], make: () => string): string {
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= KEPT) kept.clear();
  const fresh = make();
  kept.set(key, fresh);
  return fresh;
}

/** Hashes a password for /etc/shadow by md5, sha256, sha512 or bcrypt; the same salt gives the same hash. */
export function hashPassword(password: string, name: string, options: HashOptions = {}): string {
  const method = methodOf(name);
  if (password.includes('\0')) throw new TemplateError('a password cannot hold a NUL character');
  const ident = options.ident || '2b';
  if (!IDENTS.includes(ident))
    throw new TemplateError(`the ident must be one of ${IDENTS.join(', ')}, not '${ident}'`);
  const salt = checkSalt(options.salt || randomSalt(options.saltSize || method.saltSize), method);
  const rounds = checkRounds(options.rounds || method.rounds[0], method);
  return once([password, name, salt, rounds, ident], () => method.hash(password, salt, rounds, ident));
}
