import { readFileSync } from 'node:fs';
import { FfeError } from '../errors/error.js';
import type { Raw } from '../values/value.js';
import { parseYaml, type YamlOptions } from './load.js';

/** Opens the text of a file encrypted as a whole with ansible-vault. Throws an FfeError when no secret fits. */
export type Unvault = (envelope: string, file: string) => string;

/** How files are read; without `unvault` an encrypted file is an error. */
export type FileOptions = YamlOptions & { readonly unvault?: Unvault };

const VAULT_HEADER = '$ANSIBLE_VAULT;';

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    // The replacement character stands where the first bad byte is.
    const upTo = bytes.toString('utf8').split('\ufffd', 1)[0]!;
    const line = upTo.split('\n').length;
    const col = upTo.length - upTo.lastIndexOf('\n');
    throw new FfeError('parse', 'the file is not UTF-8 text', { pos: { file, line, col }, cause });
  }
}

/** The text of a file that must be UTF-8; encrypted files are opened. Throws an FfeError. */
export function readText(file: string, options: FileOptions = {}): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new FfeError('not-found', `${file}: ${why}`, { cause });
  }
  const text = decode(bytes, file);
  if (!text.startsWith(VAULT_HEADER)) return text;
  if (options.unvault) return options.unvault(text, file);
  throw new FfeError('vault', 'the file is encrypted and no vault secret was given', {
    pos: { file, line: 1, col: 1 },
    hint: 'give --ask-vault-pass, --vault-password-file or --vault-id',
  });
}

/** Reads and parses a YAML (or JSON) file. Throws an FfeError with position. */
export function readYaml(file: string, options: FileOptions = {}): Raw {
  return parseYaml(readText(file, options), file, options);
}
