/** Bytes for a file on a node: held here, or in a file of the controller that is streamed (flat memory). */
export type Content =
  | { readonly kind: 'bytes'; readonly data: Uint8Array }
  | { readonly kind: 'local'; readonly path: string; readonly size: number; readonly sha1: string };

/** Bytes that sh source prints on the node from its standard input, `input`: for what must not leave it, such as keys. */
export type Made = { readonly kind: 'made'; readonly script: string; readonly input?: Uint8Array };

/** Content of a text, in UTF-8. */
export function text(value: string): Content {
  return { kind: 'bytes', data: Buffer.from(value, 'utf8') };
}
