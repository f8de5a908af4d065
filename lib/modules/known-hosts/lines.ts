import { createHmac } from 'node:crypto';
import { patternRegex } from '../shell-pattern.js';

/** A line of known_hosts taken apart: marker (@revoked ...), names or their hash, type and key. */
export type KnownKey = {
  readonly marker?: string;
  readonly host: string;
  readonly type: string;
  readonly key: string;
};

/** Reads a line; undefined for comments and what is none. What stands behind the key is left out. */
export function parseKey(line: string): KnownKey | undefined {
  const words = line.trim().split(/\s+/);
  if (words[0] === '' || words[0]!.startsWith('#')) return undefined;
  const marker = words[0]!.startsWith('@') ? words.shift() : undefined;
  const [host, type, key] = words;
  return host === undefined || type === undefined || key === undefined
    ? undefined
    : { marker, host, type, key };
}

/** A name under a salt, in the form that sshd(8) describes for hashed names. */
export function hashedName(name: string, salt: Buffer): string {
  const digest = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${digest}`;
}

/** Whether a line's names, patterns or hash stand for a name; a pattern with `!` takes it out again. */
export function names(host: string, name: string): boolean {
  if (host.startsWith('|1|')) {
    const salt = host.split('|')[2] ?? '';
    return hashedName(name, Buffer.from(salt, 'base64')) === host;
  }
  const patterns = host.toLowerCase().split(',');
  const hit = (p: string) => patternRegex(p.replace(/\[/g, '[[]')).test(name);
  if (patterns.some((p) => p.startsWith('!') && hit(p.slice(1)))) return false;
  return patterns.some((p) => !p.startsWith('!') && hit(p));
}

/** Whether two lines say the same; two hashed names of one host count as the same. */
export function sameKey(a: KnownKey, b: KnownKey): boolean {
  const hosts = a.host === b.host || (a.host.startsWith('|1|') && b.host.startsWith('|1|'));
  return hosts && a.marker === b.marker && a.type === b.type && a.key === b.key;
}
