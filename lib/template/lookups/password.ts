import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Value } from '../../values/value.js';
import { randomSalt } from '../crypt/alphabet.js';
import { defaultIdent, hashPassword, saltSize } from '../crypt/password.js';
import { expandUser } from '../filters/paths.js';
import { AheadError, type HostFiles, type Lookup, TemplateError } from '../library.js';
import { randomSource } from '../random.js';
import { text } from '../read.js';
import { keyValues } from './key-values.js';
import { lookup, type Options, termText } from './options.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const CLASSES: Record<string, string> = {
  ascii_letters: LETTERS,
  ascii_lowercase: LETTERS.slice(0, 26),
  ascii_uppercase: LETTERS.slice(26),
  digits: DIGITS,
  hexdigits: `${DIGITS}abcdefABCDEF`,
  octdigits: '01234567',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  printable: `${DIGITS}${LETTERS}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~ \t\n\r\v\f`,
  whitespace: ' \t\n\r\v\f',
};

type Wish = {
  path: string;
  length: number;
  chars: string[];
  encrypt: string;
  ident: string;
  seed: Value | undefined;
};
type Stored = { password: string; salt: string; ident: string };

const NAMES = ['length', 'chars', 'encrypt', 'ident', 'seed'];

function charClasses(v: Value | undefined): string[] {
  if (v === undefined || v === null) return ['ascii_letters', 'digits', '.,:-_'];
  if (Array.isArray(v)) return v.map((part) => text(part));
  const source = text(v);
  const parts = source
    .replaceAll(',,', ',')
    .split(',')
    .filter((part) => part !== '');
  return source.includes(',,') ? [',', ...parts] : parts;
}

/** The path is what comes before the first space, and every further word without `=`. */
function parts(term: string): { path: string; own: Map<string, string> } {
  const space = term.indexOf(' ');
  if (space < 0) return { path: term, own: new Map() };
  const { words, options } = keyValues(term.slice(space + 1));
  return { path: [term.slice(0, space), ...words].join(' '), own: options };
}

function wishOf(term: string, options: Options): Wish {
  const { path, own } = parts(term);
  for (const name of own.keys())
    if (!NAMES.includes(name))
      throw new TemplateError(`password has no option '${name}', only ${NAMES.join(', ')}`);
  const get = (name: string): Value | undefined => own.get(name) ?? options.get(name) ?? undefined;
  const length = Number(text(get('length') ?? 20));
  if (!Number.isInteger(length) || length < 0) throw new TemplateError('the length must be a whole number');
  return {
    path,
    length,
    chars: charClasses(get('chars')),
    encrypt: text(get('encrypt') ?? ''),
    ident: text(get('ident') ?? ''),
    seed: get('seed'),
  };
}

function generate(wish: Wish): string {
  const letters = wish.chars
    .map((part) => CLASSES[part] ?? part)
    .join('')
    .replace(/["']/g, '');
  if (letters === '') throw new TemplateError('there are no characters to make a password of');
  const below = randomSource(wish.seed);
  return Array.from({ length: wish.length }, () => letters[below(letters.length)]).join('');
}

function parse(content: string): Stored {
  const at = content.lastIndexOf(' salt=');
  if (at < 0) return { password: content, salt: '', ident: '' };
  const rest = content.slice(at + ' salt='.length);
  const identAt = rest.lastIndexOf(' ident=');
  const [salt, ident] =
    identAt < 0 ? [rest, ''] : [rest.slice(0, identAt), rest.slice(identAt + ' ident='.length)];
  return { password: content.slice(0, at), salt, ident };
}

function store(path: string, stored: Stored): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const salt = stored.salt ? ` salt=${stored.salt}` : '';
  const ident = stored.salt && stored.ident ? ` ident=${stored.ident}` : '';
  const fd = openSync(path, 'w', 0o600);
  try {
    chmodSync(path, 0o600);
    writeFileSync(fd, `${stored.password}${salt}${ident}\n`);
  } finally {
    closeSync(fd);
  }
}

const NOWHERE = '/dev/null';

function read(path: string): Stored | undefined {
  return path !== NOWHERE && existsSync(path) ? parse(readFileSync(path, 'utf8').trimEnd()) : undefined;
}

function identFor(wish: Wish, known: Stored | undefined): string {
  if (known?.ident && wish.ident && known.ident !== wish.ident)
    throw new TemplateError(`the ident '${wish.ident}' is not the stored one, '${known.ident}'`);
  return known?.ident || wish.ident || (wish.encrypt ? (defaultIdent(wish.encrypt) ?? '') : '');
}

function passwordOf(wish: Wish, host: HostFiles): string {
  const path = resolve(host.baseDir, expandUser(wish.path));
  const known = read(path);
  const salt = known?.salt || (wish.encrypt ? randomSalt(saltSize(wish.encrypt)) : '');
  const changed = !known || known.salt !== salt;
  if (changed && host.ahead) throw new AheadError('a password is only made when its task runs');
  const stored = { password: known?.password ?? generate(wish), salt, ident: identFor(wish, known) };
  host.secret(stored.password);
  if (changed && path !== NOWHERE) store(path, stored);
  if (!wish.encrypt) return stored.password;
  const hash = hashPassword(stored.password, wish.encrypt, { salt: stored.salt, ident: stored.ident });
  host.secret(hash);
  return hash;
}

/** The lookup that keeps a password in a file on the controller and makes it when there is none. */
export const passwordLookups: Record<string, Lookup> = {
  password: lookup(NAMES.join(' '), (terms, options, { host }) =>
    terms.map((term) => passwordOf(wishOf(termText(term), options), host)),
  ),
};
