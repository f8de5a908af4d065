import { TemplateError } from './library.js';

// By Python's names without case and punctuation, which its codecs do not heed (docs.python.org/3/library/codecs.html).
const ENCODINGS: Record<string, BufferEncoding | 'utf-16'> = {
  utf8: 'utf8',
  utf16le: 'utf16le',
  utf16: 'utf-16',
  ascii: 'latin1',
  usascii: 'latin1',
  latin1: 'latin1',
  iso88591: 'latin1',
};

function codec(name: string): BufferEncoding | 'utf-16' {
  const found = ENCODINGS[name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')];
  if (!found) throw new TemplateError(`unknown encoding: ${name}`);
  return found;
}

function utf8(s: string): Uint8Array {
  if (!/[\ud800-\udfff]/.test(s)) return Buffer.from(s, 'utf8');
  // Lone surrogates stand for bytes that were no text when they were decoded.
  const parts = Array.from(s, (ch) => {
    const code = ch.codePointAt(0)!;
    return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(ch, 'utf8');
  });
  return Buffer.concat(parts);
}

/** A text as bytes in one of Python's encodings; undecodable bytes that a text carries come back as they were. */
export function encode(s: string, encoding = 'utf-8'): Uint8Array {
  const name = codec(encoding);
  if (name === 'utf8') return utf8(s);
  const limit = /ascii/i.test(encoding) ? 0x7f : 0xff;
  if (name === 'latin1' && Array.from(s).some((ch) => ch.codePointAt(0)! > limit))
    throw new TemplateError(`a character is outside ${encoding}`);
  if (name === 'utf-16') return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(s, 'utf16le')]);
  return Buffer.from(s, name);
}

function sequenceLength(data: Uint8Array, at: number): number {
  for (const n of [1, 2, 3, 4]) {
    if (at + n > data.length) return 0;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(data.subarray(at, at + n));
      return n;
    } catch {}
  }
  return 0;
}

function decodeUtf8(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    let out = '';
    for (let at = 0; at < data.length; ) {
      const n = sequenceLength(data, at);
      out += n
        ? Buffer.from(data.subarray(at, at + n)).toString('utf8')
        : String.fromCharCode(0xdc00 + data[at]!);
      at += n || 1;
    }
    return out;
  }
}

/** Bytes as text in one of Python's encodings; bytes that are no text are kept as lone surrogates. */
export function decode(data: Uint8Array, encoding = 'utf-8'): string {
  const name = codec(encoding);
  if (name === 'utf8') return decodeUtf8(data);
  const buffer = Buffer.from(data);
  if (name !== 'utf-16') return buffer.toString(name);
  return (buffer[0] === 0xff && buffer[1] === 0xfe ? buffer.subarray(2) : buffer).toString('utf16le');
}
