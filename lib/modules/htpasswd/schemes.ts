import { createHash } from 'node:crypto';
import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { randomSalt } from '../../template/crypt/alphabet.js';
import { bcrypt } from '../../template/crypt/bcrypt.js';
import { md5Crypt } from '../../template/crypt/md5.js';
import { SHA256, SHA512, shaCrypt } from '../../template/crypt/sha.js';

/** A way to keep a password: makes what is kept, and knows whether it stands for a password; undefined when it is not its own. */
type Scheme = {
  readonly make: (password: string) => string;
  readonly matches: (password: string, kept: string) => boolean | undefined;
};

const BCRYPT_COST = 12;
const SHA_ROUNDS = 5000;

function sha(method: typeof SHA256, digit: '5' | '6', rounds: number): Scheme {
  const pattern = new RegExp(`^\\$${digit}\\$(?:rounds=(\\d+)\\$)?([^$]{0,16})\\$`);
  return {
    make: (password) => shaCrypt(method, password, randomSalt(16), rounds),
    matches: (password, kept) => {
      const [, given, salt] = pattern.exec(kept) ?? [];
      if (salt === undefined) return undefined;
      return shaCrypt(method, password, salt, Number(given ?? SHA_ROUNDS)) === kept;
    },
  };
}

function md5(mark: '$1$' | '$apr1$'): Scheme {
  return {
    make: (password) => md5Crypt(password, randomSalt(8), mark),
    matches: (password, kept) => {
      if (!kept.startsWith(mark)) return undefined;
      return md5Crypt(password, kept.slice(mark.length).split('$')[0]!, mark) === kept;
    },
  };
}

const ldapSha1 = (password: string) => `{SHA}${createHash('sha1').update(password).digest('base64')}`;

const SCHEMES: Readonly<Record<string, Scheme>> = {
  apr_md5_crypt: md5('$apr1$'),
  md5_crypt: md5('$1$'),
  sha256_crypt: sha(SHA256, '5', 535_000),
  sha512_crypt: sha(SHA512, '6', 656_000),
  bcrypt: {
    make: (password) => bcrypt(password, undefined, BCRYPT_COST, '2y'),
    matches: (password, kept) => {
      const [, ident, cost, salt] = /^\$(2[abxy]?)\$(\d\d)\$(.{22})/.exec(kept) ?? [];
      if (salt === undefined) return undefined;
      return bcrypt(password, salt, Number(cost), ident!) === kept;
    },
  },
  ldap_sha1: {
    make: ldapSha1,
    matches: (password, kept) => (kept.startsWith('{SHA}') ? ldapSha1(password) === kept : undefined),
  },
  plaintext: { make: (password) => password, matches: (password, kept) => password === kept },
};

/** Names of passlib for what Apache takes. */
const ALIASES: Readonly<Record<string, string>> = {
  portable: 'bcrypt',
  portable_apache22: 'apr_md5_crypt',
  portable_apache24: 'bcrypt',
  host: 'bcrypt',
  host_apache22: 'sha512_crypt',
  host_apache24: 'bcrypt',
  linux_apache22: 'sha512_crypt',
  linux_apache24: 'bcrypt',
};

/** The scheme of that name; an FfeError names those there are. */
export function schemeNamed(name: string): string {
  const real = ALIASES[name] ?? name;
  if (SCHEMES[real]) return real;
  const known = [...Object.keys(SCHEMES), ...Object.keys(ALIASES)];
  const near = didYouMean(name, known);
  throw new FfeError(
    'bad-value',
    `passwords cannot be hashed by '${name}'${near || `; known are ${known.join(', ')}`}`,
  );
}

/** What is kept of a password, with a salt by chance. */
export function hashBy(scheme: string, password: string): string {
  return SCHEMES[schemeNamed(scheme)]!.make(password);
}

/** Whether what is kept stands for the password, in the wished scheme or one that Apache always reads. */
export function isKept(scheme: string, password: string, kept: string): boolean {
  const own = schemeNamed(scheme);
  // A password in clear looks like anything, so it is tried last.
  const names = [own, 'apr_md5_crypt', 'ldap_sha1'].filter((name) => name !== 'plaintext');
  for (const name of [...names, 'plaintext']) {
    const found = SCHEMES[name]!.matches(password, kept);
    if (found !== undefined) return found;
  }
  return false;
}
