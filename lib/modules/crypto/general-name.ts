import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import ipaddr from 'ipaddr.js';
import { type Der, DerError, oidOf, readDer, within } from './der.js';
import { oid, tagged, text, value } from './der-write.js';
import { encodeName, nameText, parseName, readName } from './names.js';
import { colons } from './public-key.js';

// Numbers of the kinds (RFC 5280, 4.2.1.6).
const OTHER = 0;
const EMAIL = 1;
const DNS = 2;
const DIRECTORY = 4;
const URI = 6;
const IP = 7;
const RID = 8;

/** How names with letters beyond ASCII are shown: as they are written, in ASCII, or in those letters. */
export type NameEncoding = 'ignore' | 'idna' | 'unicode';

function ascii(number: number, words: string): Buffer {
  if (!/^[\x00-\x7f]*$/.test(words)) throw new DerError(`${words} must be written in ASCII (xn--...)`);
  return tagged(number, false, Buffer.from(words));
}

function addressBytes(words: string): Buffer {
  if (isIP(words) === 0) throw new DerError(`'${words}' does not appear to be an IPv4 or IPv6 address`);
  return Buffer.from(ipaddr.parse(words).toByteArray());
}

/** How many ones a mask begins with: as their number, or as a netmask; undefined when it is neither. */
function onesIn(mask: string, bits: number): number | undefined {
  if (/^\d+$/.test(mask)) return Number(mask) <= bits ? Number(mask) : undefined;
  if (bits !== 32 || isIP(mask) !== 4) return undefined;
  return ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() ?? undefined;
}

function networkBytes(words: string): Buffer {
  const [address = '', length = ''] = words.split('/');
  const bytes = addressBytes(address);
  const ones = onesIn(length, bytes.length * 8);
  if (ones === undefined) throw new DerError(`'${words}' is not a network`);
  const mask = Buffer.from(bytes.map((_, i) => 0xff & ~(0xff >> Math.max(0, Math.min(8, ones - i * 8)))));
  if (bytes.some((byte, i) => (byte & ~mask[i]!) !== 0)) throw new DerError(`${words} has host bits set`);
  return Buffer.concat([bytes, mask]);
}

function otherName(words: string): Buffer {
  const [, dotted = '', rest = ''] = /^([\d.]+);([\s\S]*)$/.exec(words) ?? [];
  const named = /^UTF8(?:String)?:([\s\S]*)$/i.exec(rest);
  if (named) return tagged(OTHER, true, oid(dotted), tagged(0, true, text('utf8', named[1]!)));
  const hex = rest.replaceAll(':', '');
  if (dotted === '' || !/^([0-9a-f]{2})+$/i.test(hex))
    throw new DerError(
      'it must be written as otherName:OID;UTF8:text or otherName:OID;hexadecimal digits of DER',
    );
  return tagged(OTHER, true, oid(dotted), tagged(0, true, Buffer.from(hex, 'hex')));
}

/** How each kind is written, by what stands before its colon. */
const KINDS: Readonly<Record<string, (words: string) => Buffer>> = {
  DNS: (words) => ascii(DNS, words),
  IP: (words) => tagged(IP, false, words.includes('/') ? networkBytes(words) : addressBytes(words)),
  email: (words) => ascii(EMAIL, words),
  URI: (words) => ascii(URI, words),
  RID: (words) => tagged(RID, false, readDer(oid(words)).content),
  otherName,
  dirName: (words) => tagged(DIRECTORY, true, encodeName(parseName(words).reverse())),
};

/** A name such as DNS:example.com in DER; throws a DerError that says what it was for. */
export function encodeGeneralName(name: string, what = 'Subject Alternative Name'): Buffer {
  const colon = name.indexOf(':');
  if (colon < 0) throw new DerError(`Cannot parse ${what} "${name}" (forgot "DNS:" prefix?)`);
  const encode = KINDS[name.slice(0, colon)];
  if (!encode)
    throw new DerError(
      `Cannot parse ${what} "${name}": it must begin with one of ${Object.keys(KINDS).join(', ')}`,
    );
  try {
    return encode(name.slice(colon + 1));
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new DerError(`Cannot parse ${what} "${name}": ${error.message}`);
  }
}

function shownHost(host: string, encoding: NameEncoding): string {
  if (encoding === 'ignore') return host;
  const convert = encoding === 'idna' ? domainToASCII : domainToUnicode;
  // Neither takes the star of a wildcard.
  const [star, rest] = host.startsWith('*.') ? ['*.', host.slice(2)] : ['', host];
  return `${star}${convert(rest) || rest}`;
}

function shownIn(words: string, pattern: RegExp, encoding: NameEncoding): string {
  return words.replace(pattern, (host) => shownHost(host, encoding));
}

function shownAddress(bytes: Buffer): string {
  const half = bytes.length / 2;
  if (bytes.length === 4 || bytes.length === 16) return ipaddr.fromByteArray([...bytes]).toString();
  const ones = [...bytes.subarray(half)].map((b) => b.toString(2).padStart(8, '0')).join('');
  return `${ipaddr.fromByteArray([...bytes.subarray(0, half)]).toString()}/${ones.replace(/0.*$/, '').length}`;
}

function shownOther(der: Der): string {
  const [kind, inner] = within(der);
  if (inner === undefined) throw new DerError('an otherName without a value');
  return `otherName:${oidOf(kind)};${colons(inner.content)}`;
}

/** A general name as text; throws a DerError for kinds that have none. */
export function generalNameText(der: Der, encoding: NameEncoding = 'ignore'): string {
  const words = der.content.toString('latin1');
  switch (der.tag & 0x1f) {
    case DNS:
      return `DNS:${shownHost(words, encoding)}`;
    case EMAIL:
      return `email:${shownIn(words, /(?<=@)[^@]*$/, encoding)}`;
    case URI:
      return `URI:${shownIn(words, /(?<=^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?)[^/@:?#[\]]+(?=[:/?#]|$)/i, encoding)}`;
    case IP:
      return `IP:${shownAddress(der.content)}`;
    case RID:
      return `RID:${oidOf(der)}`;
    case DIRECTORY:
      return `dirName:${nameText(readName(readDer(der.content)))}`;
    case OTHER:
      return shownOther(der);
    default:
      throw new DerError(`a kind of name that is not known: ${der.tag & 0x1f}`);
  }
}

/** Several names as one value under a tag of its own. */
export function encodeGeneralNames(tag: number, names: readonly string[], what: string): Buffer {
  return value(tag, ...names.map((name) => encodeGeneralName(name, what)));
}
