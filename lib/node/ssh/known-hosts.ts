import { createHash, createHmac, randomBytes } from 'node:crypto';

/** One line of a known_hosts file; `key` is the public key as it travels (its blob). */
export type KnownKey = {
  readonly names: string;
  readonly type: string;
  readonly key: Buffer;
  readonly revoked: boolean;
  /** `file:line`. */
  readonly place: string;
};

/** What known_hosts says about a key that a host showed. */
export type Verdict =
  | { readonly kind: 'known' | 'unknown' }
  | { readonly kind: 'revoked' | 'changed'; readonly old: KnownKey };

/** Reads a known_hosts file, sshd(8) "SSH_KNOWN_HOSTS FILE FORMAT". Broken lines and certificate authorities are passed over. */
export function parseKnownHosts(text: string, file: string): KnownKey[] {
  return text.split('\n').flatMap((line, index) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
    const [names, type, base64] = words;
    if (names === undefined || names.startsWith('#') || type === undefined || base64 === undefined) return [];
    if (marker !== undefined && marker !== '@revoked') return [];
    const revoked = marker === '@revoked';
    return [{ names, type, key: Buffer.from(base64, 'base64'), revoked, place: `${file}:${index + 1}` }];
  });
}

/** A host as known_hosts names it: with its port unless that is 22. */
export function knownName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** Whether the first field of a line (hashed name, or patterns with commas) means this host. */
export function namesMatch(names: string, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|(.+)$/.exec(names);
  if (hashed !== null) return hash(name, Buffer.from(hashed[1]!, 'base64')) === hashed[2];
  const patterns = names.toLowerCase().split(',');
  if (patterns.some((p) => p.startsWith('!') && wildcard(p.slice(1), name))) return false;
  return patterns.some((p) => !p.startsWith('!') && wildcard(p, name));
}

function wildcard(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(name);
}

const hash = (name: string, salt: Buffer) => createHmac('sha1', salt).update(name).digest('base64');

/** The type that a key blob names in itself, such as `ssh-ed25519`. */
export function keyType(key: Buffer): string {
  return key.toString('latin1', 4, 4 + key.readUInt32BE(0));
}

/** Judges a key. A known key of another type does not make this one a changed one, as with ssh. */
export function judge(known: readonly KnownKey[], name: string, key: Buffer): Verdict {
  const mine = known.filter((one) => namesMatch(one.names, name));
  const revoked = mine.find((one) => one.revoked && one.key.equals(key));
  if (revoked !== undefined) return { kind: 'revoked', old: revoked };
  const usable = mine.filter((one) => !one.revoked);
  if (usable.some((one) => one.key.equals(key))) return { kind: 'known' };
  const old = usable.find((one) => one.type === keyType(key));
  return old === undefined ? { kind: 'unknown' } : { kind: 'changed', old };
}

/** Fingerprint as ssh prints it: `SHA256:` and unpadded base64. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** A line for known_hosts. */
export function knownLine(name: string, key: Buffer, hashed: boolean): string {
  const salt = randomBytes(20);
  const names = hashed ? `|1|${salt.toString('base64')}|${hash(name, salt)}` : name;
  return `${names} ${keyType(key)} ${key.toString('base64')}\n`;
}
