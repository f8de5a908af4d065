import { createHash } from 'node:crypto';

/** A public key in a keyring: ids of 16 digits, its own first and those of its subkeys, and all of its packets. */
export type KeyBlock = { readonly ids: readonly string[]; readonly bytes: Buffer };

/** Why bytes are no keyring. */
export class KeyringError extends Error {}

const PUBLIC_KEY = 6;
const SUBKEY = 14;
const BEGIN = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const END = '-----END PGP PUBLIC KEY BLOCK-----';

type Packet = { readonly tag: number; readonly body: Buffer; readonly end: number };

/** The length of a packet's body, and where it begins (RFC 4880, section 4.2). */
function extent(bytes: Buffer, at: number, tagByte: number): readonly [from: number, length: number] {
  const first = bytes[at + 1] ?? 0;
  if ((tagByte & 0x40) !== 0) {
    if (first < 192) return [at + 2, first];
    if (first < 224) return [at + 3, ((first - 192) << 8) + (bytes[at + 2] ?? 0) + 192];
    if (first === 255) return [at + 6, bytes.readUInt32BE(at + 2)];
    throw new KeyringError('a packet of unknown length');
  }
  const kind = tagByte & 3;
  if (kind === 0) return [at + 2, first];
  if (kind === 1) return [at + 3, bytes.readUInt16BE(at + 1)];
  if (kind === 2) return [at + 5, bytes.readUInt32BE(at + 1)];
  throw new KeyringError('a packet of unknown length');
}

function packetAt(bytes: Buffer, at: number): Packet {
  const tagByte = bytes[at] ?? 0;
  if ((tagByte & 0x80) === 0 || at + 6 > bytes.length) throw new KeyringError('no OpenPGP packets');
  const [from, length] = extent(bytes, at, tagByte);
  const end = from + length;
  if (end > bytes.length) throw new KeyringError('a packet is cut off');
  const tag = (tagByte & 0x40) === 0 ? (tagByte >> 2) & 15 : tagByte & 63;
  return { tag, body: bytes.subarray(from, end), end };
}

/** The id of a key: of version 4 the end of its fingerprint (RFC 4880, section 12.2), later ones start with it. */
function keyId(body: Buffer): string {
  const old = body[0] === 4;
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const head = Buffer.from([old ? 0x99 : body[0] === 5 ? 0x9a : 0x9b]);
  const hash = createHash(old ? 'sha1' : 'sha256')
    .update(head)
    .update(old ? size.subarray(2) : size);
  const digest = hash.update(body).digest('hex').toUpperCase();
  return old ? digest.slice(-16) : digest.slice(0, 16);
}

/** Takes the armor off where there is some (RFC 4880, section 6.2); several blocks may follow each other. */
export function dearmored(data: Buffer): Buffer {
  const text = data.toString('latin1');
  if (!text.includes(BEGIN)) return data;
  const blocks = text.split(BEGIN).slice(1);
  return Buffer.concat(
    blocks.map((block) => {
      const body = block.slice(0, block.indexOf(END)).replaceAll('\r', '');
      const lines = body.slice(body.indexOf('\n\n') + 2).split('\n');
      return Buffer.from(lines.filter((l) => !l.startsWith('=')).join(''), 'base64');
    }),
  );
}

/** The bytes in armor, without a checksum, which nobody needs. */
export function armored(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `${[BEGIN, '', ...lines, END].join('\n')}\n`;
}

/** The keys of a keyring as apt reads it: packets, armored or not. Throws a KeyringError for anything else. */
export function readKeyring(data: Buffer): KeyBlock[] {
  const bytes = dearmored(data);
  if (bytes.subarray(8, 12).toString('latin1') === 'KBXf')
    throw new KeyringError('a keybox of GnuPG, which apt cannot read: export its keys with gpg --export');
  const blocks: { ids: string[]; from: number; to: number }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { tag, body, end } = packetAt(bytes, at);
    if (tag === PUBLIC_KEY) blocks.push({ ids: [keyId(body)], from: at, to: end });
    else if (tag === SUBKEY) blocks.at(-1)?.ids.push(keyId(body));
    const last = blocks.at(-1);
    if (last) last.to = end;
    at = end;
  }
  return blocks.map(({ ids, from, to }) => ({ ids, bytes: bytes.subarray(from, to) }));
}
