import { createHash } from 'node:crypto';
import { Bytes, type Value } from '../../values/value.js';
import { decode, encode } from '../bytes.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, text } from '../read.js';
import { filter } from '../signature.js';

const bytesOf = (v: Value, encoding?: string): Uint8Array =>
  v instanceof Bytes ? v.data : encode(text(v), encoding);

function fromBase64(v: Value): Uint8Array {
  const letters = Buffer.from(bytesOf(v))
    .toString('latin1')
    .replace(/[^A-Za-z0-9+/=]/g, '');
  const end = letters.search(/=/);
  const body = end < 0 ? letters : letters.slice(0, end);
  const padding = end < 0 ? 0 : (/^=+/.exec(letters.slice(end))?.[0].length ?? 0);
  const missing = (4 - (body.length % 4)) % 4;
  if (missing === 3 || padding < missing) throw new TemplateError('b64decode: incorrect padding');
  return Buffer.from(body, 'base64');
}

const ALIAS: Record<string, string> = {
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
  sha512_256: 'sha512-256',
  sha512_224: 'sha512-224',
};

function digest(v: Value, name: string): string {
  const algorithm = ALIAS[name] ?? name.replace(/^sha3_/, 'sha3-');
  try {
    return createHash(algorithm).update(bytesOf(v)).digest('hex');
  } catch (cause) {
    throw new TemplateError(`unsupported hash type ${name}`, { cause });
  }
}

const UUID = /^[0-9a-f]{32}$/;
const ANSIBLE_NAMESPACE = '361e6d51faec444a9079341386da8e2e';

function uuid5(namespace: string, name: string): string {
  const hex = namespace.toLowerCase().replace(/^urn:uuid:|[-{}]/g, '');
  if (!UUID.test(hex)) throw new TemplateError(`Invalid value '${namespace}' for 'namespace': it is no UUID`);
  const hash = createHash('sha1').update(Buffer.from(hex, 'hex')).update(encode(name)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A text quoted for a POSIX shell, as Python's shlex.quote() does. */
export function shellQuote(s: string): string {
  if (s === '') return "''";
  return /[^\w@%+=:,./-]/.test(s) ? `'${s.replaceAll("'", `'"'"'`)}'` : s;
}

const sha1 = filter('', (v) => digest(v, 'sha1'));

/** Filters that encode, hash and quote. */
export const encodingFilters: Record<string, Filter> = {
  b64encode: filter('encoding?', (v, [encoding = 'utf-8']) =>
    Buffer.from(bytesOf(v, asText(encoding))).toString('base64'),
  ),
  b64decode: filter('encoding?', (v, [encoding = 'utf-8']) => decode(fromBase64(v), asText(encoding))),
  hash: filter('hashtype?', (v, [name = 'sha1']) => digest(v, asText(name))),
  md5: filter('', (v) => digest(v, 'md5')),
  sha1,
  checksum: sha1,
  to_uuid: filter('namespace?', (v, [namespace = ANSIBLE_NAMESPACE]) => uuid5(text(namespace), text(v))),
  quote: filter('', (v) => shellQuote(v === null ? '' : text(v))),
};
