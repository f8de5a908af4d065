const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

// By Python's names without case and punctuation (docs.python.org/3/library/codecs.html).
const WIDE: Readonly<Record<string, (text: string) => Buffer>> = {
  utf8: (text) => Buffer.from(text),
  utf8sig: (text) => Buffer.from(`\ufeff${text}`),
  utf16: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  utf16le: (text) => Buffer.from(text, 'utf16le'),
  utf16be: swapped,
};

// The runtime's decoder takes windows-1252 for latin-1; this is what differs, from byte 0x80 on.
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

function windows1252(byte: number): string {
  return WINDOWS_1252[byte - 0x80] ?? String.fromCharCode(byte);
}

/** The bytes that an encoding of single bytes has for characters; undefined where there is no such encoding. */
function tableOf(name: string): ReadonlyMap<string, number> | undefined {
  const plain = { ascii: 0x7f, usascii: 0x7f, latin1: 0xff, iso88591: 0xff }[name];
  if (plain !== undefined)
    return new Map(Array.from({ length: plain + 1 }, (_, byte) => [String.fromCharCode(byte), byte]));
  const label = name
    .replace(/^(?:cp|windows)(125\d)$/, 'windows-$1')
    .replace(/^iso8859(\d+)$/, 'iso-8859-$1');
  const known = /^(windows-125\d|iso-8859-\d+|koi8[ru]|ibm866)$/.test(label);
  if (!known) return undefined;
  if (label === 'windows-1252')
    return new Map(Array.from({ length: 256 }, (_, byte) => [windows1252(byte), byte]));
  const decoder = new TextDecoder(label.replace(/^koi8/, 'koi8-'));
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}

/** A text as bytes in one of Python's encodings, or why it cannot be. */
export function encodeText(text: string, encoding: string): Buffer | { readonly problem: string } {
  const name = encoding.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wide = WIDE[name];
  if (wide) return wide(text);
  const table = tableOf(name);
  if (!table) return { problem: `unknown encoding: ${encoding}` };
  const bytes: number[] = [];
  for (const character of text) {
    const byte = table.get(character);
    if (byte === undefined) return { problem: `'${encoding}' codec can't encode character '${character}'` };
    bytes.push(byte);
  }
  return Buffer.from(bytes);
}
