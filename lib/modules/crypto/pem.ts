/** One block of a PEM file (RFC 7468): its label and the bytes in it. */
export type Pem = { readonly label: string; readonly der: Buffer; readonly text: string };

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)-----END \1-----\r?\n?/g;

/** Every block of a text. */
export function pemBlocks(text: string): Pem[] {
  return [...text.matchAll(BLOCK)].map(([whole, label, body]) => ({
    label: label!,
    der: Buffer.from(body!.replace(/^[A-Za-z-]+: .*$/gm, ''), 'base64'),
    text: `${whole.trimEnd()}\n`,
  }));
}

/** The bytes of the first block whose label ends so; undefined when there is none. */
export function pemBytes(text: string, label: string): Buffer | undefined {
  return pemBlocks(text).find((block) => block.label.endsWith(label))?.der;
}

/** Bytes as a PEM block. */
export function toPem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
