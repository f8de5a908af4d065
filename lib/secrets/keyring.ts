import { createHash, pbkdf2Sync } from 'node:crypto';

/** The keys that a password and a salt come to. */
export type Keys = { readonly cipher: Buffer; readonly hmac: Buffer; readonly iv: Buffer };

const ITERATIONS = 10_000;

// Ansible's documentation, "Ansible Vault payload format": PBKDF2 with SHA-256 for two keys of 256 bits and a counter.
function derive(password: string | Uint8Array, salt: Uint8Array): Keys {
  const key = pbkdf2Sync(password, salt, ITERATIONS, 80, 'sha256');
  return { cipher: key.subarray(0, 32), hmac: key.subarray(32, 64), iv: key.subarray(64, 80) };
}

/** Derives keys, once for each password and salt: that is the costly part of a vault. */
export function createKeyring(): (password: string | Uint8Array, salt: Uint8Array) => Keys {
  const derived = new Map<string, Keys>();
  return (password, salt) => {
    const name = createHash('sha256').update(salt).update('|').update(password).digest('base64');
    const keys = derived.get(name) ?? derive(password, salt);
    derived.set(name, keys);
    return keys;
  };
}
