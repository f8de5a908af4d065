import { isUtf8 } from 'node:buffer';

/**
 * Text of bytes from a node. Bytes that are not UTF-8 become U+DC80..U+DCFF, one each, as in Python's
 * `surrogateescape`, so that file names of any kind survive the way to the controller and back.
 */
export function decodeBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString('utf8') : decodeBroken(buffer);
}

function decodeBroken(buffer: Buffer): string {
  let out = '';
  let good = 0;
  for (let i = 0; i < buffer.length; ) {
    const length = sequenceLength(buffer, i);
    if (length > 0) {
      i += length;
      continue;
    }
    out += buffer.toString('utf8', good, i) + String.fromCharCode(0xdc00 | buffer[i]!);
    good = ++i;
  }
  return out + buffer.toString('utf8', good);
}

/** Length of the valid UTF-8 sequence that starts at an offset, or 0. */
function sequenceLength(buffer: Buffer, at: number): number {
  const first = buffer[at]!;
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  return length > 0 && at + length <= buffer.length && isUtf8(buffer.subarray(at, at + length)) ? length : 0;
}

/** The bytes of a text: UTF-8, with U+DC80..U+DCFF giving back the bytes that they stand for. */
export function encodeBytes(text: string): Buffer {
  const pieces = text.split(/((?<![\uD800-\uDBFF])[\uDC80-\uDCFF]+)/);
  if (pieces.length === 1) return Buffer.from(text, 'utf8');
  return Buffer.concat(
    pieces.map((piece, i) =>
      i % 2 === 0
        ? Buffer.from(piece, 'utf8')
        : Buffer.from(Array.from(piece, (c) => c.charCodeAt(0) & 0xff)),
    ),
  );
}

/** A path of this machine as the functions of node:fs find it, whatever bytes its names have. */
export function localPath(path: string): string | Buffer {
  return /[\uDC80-\uDCFF]/.test(path) ? encodeBytes(path) : path;
}
