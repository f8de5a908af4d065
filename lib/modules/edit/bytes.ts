/** A file's bytes as a text of one character per byte, so that edits keep what is not UTF-8 and patterns see bytes as Python's do. */
export function byteText(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
}

/** An argument's text in the same form. */
export function argText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The bytes of such a text. */
export function bytesOfText(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** What a diff shows of such a text. */
export function shown(text: string): string {
  return bytesOfText(text).toString('utf8');
}
