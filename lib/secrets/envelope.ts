import { FfeError } from '../errors/error.js';
import { fromHex, inLines, toHex, withoutSpace } from './hex.js';

/** What a vault envelope holds: its vault id (`default` in format 1.1), salt, checksum and ciphertext. */
export type Envelope = {
  readonly id: string;
  readonly salt: Buffer;
  readonly hmac: Buffer;
  readonly data: Buffer;
};

/** What every envelope begins with. */
export const HEADER = '$ANSIBLE_VAULT';
/** The vault id of those who name none. */
export const DEFAULT_ID = 'default';
const COLUMNS = 80;
const NEWLINE = 0x0a;

/** Whether a text is a vault envelope. */
export function isSealed(text: string): boolean {
  return text.trimStart().startsWith(`${HEADER};`);
}

function headerOf(line: string): string {
  const [name, version, cipher, id] = line.split(';').map((part) => part.trim());
  if (name !== HEADER)
    throw new FfeError('vault', 'input is not vault encrypted data', {
      hint: `it must begin with ${HEADER};`,
    });
  if (version !== '1.1' && version !== '1.2')
    throw new FfeError('vault', `vault format ${version} is not supported`, {
      hint: 'formats 1.1 and 1.2 are',
    });
  if (cipher !== 'AES256')
    throw new FfeError('vault', `vault cipher ${cipher} is not supported`, { hint: 'AES256 is' });
  return id || DEFAULT_ID;
}

/** The parts of a body: at most three, because the ciphertext's own hex holds no newline. */
function partsOf(inner: Buffer): Buffer[] {
  const first = inner.indexOf(NEWLINE);
  const second = first === -1 ? -1 : inner.indexOf(NEWLINE, first + 1);
  if (second === -1)
    throw new FfeError('vault', 'the vault envelope is damaged', {
      hint: 'salt, checksum and data were expected',
    });
  return [inner.subarray(0, first), inner.subarray(first + 1, second), inner.subarray(second + 1)];
}

/**
 * Reads an envelope of format 1.1 or 1.2 (Ansible's documentation, "Ansible Vault payload format"): a header, then hex
 * of salt, HMAC-SHA256 and AES256-CTR ciphertext, each as hex, by newlines, in 80 columns. Throws code 'vault'.
 */
export function readEnvelope(text: string | Uint8Array): Envelope {
  const bytes = typeof text === 'string' ? Buffer.from(text.trimStart()) : Buffer.from(text);
  const end = bytes.indexOf(NEWLINE);
  const id = headerOf(bytes.toString('utf8', 0, end === -1 ? Math.min(bytes.length, COLUMNS) : end));
  const body = end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 1);
  const [salt, hmac, data] = partsOf(fromHex(withoutSpace(body))).map((part) => fromHex(part));
  return { id, salt: salt!, hmac: hmac!, data: data! };
}

/** An envelope as text: format 1.1 for the default vault id, 1.2 for others. */
export function writeEnvelope({ id, salt, hmac, data }: Envelope): Buffer {
  const header = id === DEFAULT_ID ? `${HEADER};1.1;AES256\n` : `${HEADER};1.2;AES256;${id}\n`;
  const newline = Buffer.from('\n');
  const inner = Buffer.concat([toHex(salt), newline, toHex(hmac), newline, toHex(data)]);
  return Buffer.concat([Buffer.from(header), inLines(toHex(inner), COLUMNS)]);
}
