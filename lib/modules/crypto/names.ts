import { didYouMean } from '../../errors/suggest.js';
import { type Der, DerError, oidOf, textOf, within } from './der.js';
import { oid, sequence, set, text } from './der-write.js';
import { nameOfOid, oidByName, oidNames } from './oids.js';

/** One part of a distinguished name (RFC 5280, 4.1.2.4), such as the country. */
export type NamePart = { readonly oid: string; readonly value: string };

// Which kind of text a part is, where it is not UTF-8 (RFC 5280, appendix A).
const KINDS: Readonly<Record<string, 'printable' | 'ia5'>> = {
  '2.5.4.6': 'printable',
  '1.3.6.1.4.1.311.60.2.1.3': 'printable',
  '2.5.4.5': 'printable',
  '2.5.4.46': 'printable',
  '1.2.840.113549.1.9.1': 'ia5',
  '0.9.2342.19200300.100.1.25': 'ia5',
};
const COUNTRIES = ['2.5.4.6', '1.3.6.1.4.1.311.60.2.1.3'];

/** The part that a word stands for, as CN or commonName; throws a DerError that names the nearest one. */
export function namePart(word: string, value: string): NamePart {
  const found = oidByName(word);
  if (found === undefined) throw new DerError(`Cannot find OID for "${word}"${didYouMean(word, oidNames())}`);
  if (COUNTRIES.includes(found) && value.length !== 2)
    throw new DerError(`Country name must be a 2 character country code, found '${value}'`);
  return { oid: found, value };
}

function encodePart({ oid: dotted, value }: NamePart): Buffer {
  return sequence(oid(dotted), text(KINDS[dotted] ?? 'utf8', value));
}

/** A name in DER, each of its parts by itself; throws a DerError. */
export function encodeName(parts: readonly NamePart[]): Buffer {
  return sequence(...parts.map((part) => set(encodePart(part))));
}

/** Parts that stand together, in DER, without the set around them. */
export function encodeParts(parts: readonly NamePart[]): Buffer[] {
  return parts.map(encodePart);
}

/** The parts of a set of them. */
export function readParts(der: Der): NamePart[] {
  return within(der).map((part) => {
    const [kind, value] = within(part);
    if (value === undefined) throw new DerError('a part of a name without a value');
    return { oid: oidOf(kind), value: textOf(value) };
  });
}

/** The parts of a name, in order; throws a DerError. */
export function readName(der: Der | undefined): NamePart[] {
  return within(der).flatMap(readParts);
}

function escaped(value: string): string {
  return value
    .replace(/[\\,+<>;"]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
}

/** A name as text, its last part first (RFC 4514). */
export function nameText(parts: readonly NamePart[]): string {
  const one = ({ oid: dotted, value }: NamePart) => `${nameOfOid(dotted, 'short')}=${escaped(value)}`;
  return [...parts].reverse().map(one).join(',');
}

function unescaped(value: string): string {
  const hex = /^#((?:[0-9a-f]{2})*)$/i.exec(value);
  if (hex) return Buffer.from(hex[1]!, 'hex').toString('utf8');
  const bytes = value.replace(/(?:\\[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8').replace(/[\\]/g, '\\\\'),
  );
  return bytes.replace(/\\([\s\S])/g, '$1');
}

/** One part written as CN=value; throws a DerError. */
export function parsePart(words: string): NamePart {
  const [, word, value] = /^ *([A-Za-z0-9.]+) *= *([\s\S]*)$/.exec(words) ?? [];
  if (word === undefined) throw new DerError(`cannot start part in "${words}"`);
  return namePart(word, unescaped(value!));
}

/** A name from its text, parted by commas, or by slashes when it begins with one; the order is that of the text. */
export function parseName(words: string): NamePart[] {
  const slashes = words.trimStart().startsWith('/');
  const body = slashes ? words.trimStart().slice(1) : words;
  const parts = body.match(slashes ? /(?:\\[\s\S]|[^\\/])+/g : /(?:\\[\s\S]|[^\\,])+/g) ?? [];
  return parts.map(parsePart);
}
