import type { FileHandle } from 'node:fs/promises';
import { quote } from './quote.js';

const PIECE = 1024 * 1024;
const ZEROS = Buffer.alloc(PIECE);

/** Whether a file has holes: fewer blocks of 512 bytes than its size takes. */
export function hasHoles(info: { readonly size: number; readonly blocks: number }): boolean {
  return info.blocks * 512 < info.size;
}

/**
 * A file as pieces for `receiverScript`: a line with kind, place and length, and the piece's bytes. Pieces of zeros have
 * none (kind `z`), and are left out altogether where the file has holes. The last line tells the size. `onRead` gets the
 * bytes read so far.
 */
export async function* piecesOf(
  file: FileHandle,
  holes: boolean,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  let at = 0;
  let buffer = Buffer.allocUnsafe(PIECE);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, PIECE, at);
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    const empty = piece.equals(ZEROS.subarray(0, bytesRead));
    if (!empty || !holes) yield Buffer.from(`${empty ? 'z' : 'd'} ${at} ${bytesRead}\n`);
    if (!empty) {
      yield piece;
      // Who got it may still be sending it.
      buffer = Buffer.allocUnsafe(PIECE);
    }
    at += bytesRead;
    onRead(at);
  }
  yield Buffer.from(`e ${at} 0\n`);
}

/** A command of sh that writes the pieces that come on standard input into a file; a stream that ends early is a failure. */
export function receiverScript(to: string): string {
  const write = `dd of=${quote(to)} bs=64K count="$n" seek="$at" iflag=fullblock,count_bytes oflag=seek_bytes conv=notrunc status=none`;
  return `: >${quote(to)} && while read -r kind at n || exit 1; do
case $kind in d) ${write} ;; z) ${write} if=/dev/zero ;; e) break ;; esac || exit 1
done && truncate -s "$at" -- ${quote(to)}`;
}
