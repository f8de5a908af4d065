import { quoteAll } from '../../node/quote.js';
import { CURVES } from './curves.js';
import { type KeyFormat, type KeySource, keyFunctions } from './key-probe.js';

/** The kinds of keys, by Ansible's words. */
export const KEY_TYPES = ['DSA', 'ECC', 'Ed25519', 'Ed448', 'RSA', 'X25519', 'X448'] as const;

/** What is wished of a key. */
export type KeyWish = {
  readonly type: (typeof KEY_TYPES)[number];
  readonly size: number;
  readonly curve?: string;
  readonly cipher?: string;
  readonly passphrase?: string;
  readonly format: KeyFormat;
};

const RAW_BYTES: Readonly<Record<string, number>> = { X25519: 32, Ed25519: 32, X448: 56, Ed448: 57 };

/** Whether a kind of key has a raw form: those that are nothing but bytes (RFC 8410). */
export function hasRawForm(type: string): boolean {
  return type in RAW_BYTES;
}

function generate({ type, size, curve }: KeyWish): string {
  const option = (name: string, value: string | number) => ['-pkeyopt', `${name}:${value}`];
  if (type === 'DSA') return quoteAll(['openssl', 'dsaparam', '-noout', '-genkey', String(size)]);
  const known = CURVES.find((c) => c.name === curve);
  const options =
    type === 'RSA'
      ? option('rsa_keygen_bits', size)
      : type === 'ECC'
        ? [...option('ec_paramgen_curve', known?.openssl ?? ''), ...option('ec_param_enc', 'named_curve')]
        : [];
  const algorithm = type === 'ECC' ? 'EC' : type;
  // Points of progress are printed to standard error; what remains there is what went wrong.
  return quoteAll(['openssl', 'genpkey', '-quiet', '-algorithm', algorithm, ...options]);
}

function written({ type, format, cipher, passphrase }: KeyWish, more: readonly string[]): string {
  const coded = passphrase !== undefined && cipher !== undefined;
  const by = cipher === 'auto' ? 'aes256' : cipher;
  const words = [
    ...['openssl', 'pkey', ...more],
    ...(format === 'pkcs1' ? ['-traditional'] : []),
    ...(format === 'raw' ? ['-outform', 'DER'] : []),
    ...(coded && format !== 'raw' ? [`-${by}`, '-passout', 'fd:3'] : []),
  ];
  return format === 'raw' ? `${quoteAll(words)} | tail -c ${RAW_BYTES[type]}` : quoteAll(words);
}

/** Sh source that makes a key and prints it. */
export function makeKeyScript(wish: KeyWish): string {
  const { passphrase } = wish;
  return `${keyFunctions({ content: '', passphrase })}
made() { ${generate(wish)} | ${written(wish, [])}; }
secret made`;
}

/** Sh source that prints an existing key in another form. */
export function convertKeyScript(source: KeySource, wish: KeyWish): string {
  return `${keyFunctions(source, wish.type)}
converted() { pem | ${written(wish, ['-inform', '$form', '-passin', 'fd:3']).replace("'$form'", '$form')}; }
secret converted`;
}
