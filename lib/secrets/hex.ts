import { FfeError } from '../errors/error.js';

/** Bytes are read and written as hex in pieces of this size: one text of a large file would be longer than texts may be. */
const PIECE = 1 << 20;
const SPACE: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x20, 0x09]);

/** The bytes that hex digits stand for. Throws code 'vault' for an odd number of digits or anything that is no digit. */
export function fromHex(digits: Uint8Array): Buffer {
  const text = Buffer.from(digits.buffer, digits.byteOffset, digits.byteLength);
  if (text.length % 2 === 1) throw damaged('Odd-length string');
  const out = Buffer.alloc(text.length / 2);
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.toString('latin1', at, at + PIECE);
    if (out.write(piece, at / 2, 'hex') < piece.length / 2) throw damaged('Non-hexadecimal digit found');
  }
  return out;
}

function damaged(what: string): FfeError {
  return new FfeError('vault', `Vault format unhexlify error: ${what}`, {
    hint: 'the text is damaged: it was cut, or something was put into it',
  });
}

/** Bytes as hex digits. */
export function toHex(data: Uint8Array): Buffer {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const out = Buffer.alloc(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += PIECE)
    out.write(bytes.toString('hex', at, Math.min(at + PIECE, bytes.length)), at * 2, 'latin1');
  return out;
}

/** A text without its white space: what is left of lines when they are joined. */
export function withoutSpace(text: Uint8Array): Buffer {
  const out = Buffer.alloc(text.length);
  let length = 0;
  for (const byte of text) if (!SPACE.has(byte)) out[length++] = byte;
  return out.subarray(0, length);
}

/** Digits in lines of a width, each ended by a newline. */
export function inLines(digits: Buffer, width: number): Buffer {
  const lines = Math.ceil(digits.length / width);
  const out = Buffer.alloc(digits.length + lines, 0x0a);
  for (let i = 0; i < lines; i++)
    digits.copy(out, i * (width + 1), i * width, Math.min((i + 1) * width, digits.length));
  return out;
}
