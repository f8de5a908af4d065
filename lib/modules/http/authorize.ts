import { createHash, randomBytes } from 'node:crypto';

/** Who asks, and for what: what an Authorization header is made from. */
export type Asker = {
  readonly user: string;
  readonly password: string;
  readonly method: string;
  readonly url: URL;
};

/** The value of an Authorization header that gives the password as it is. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

const HASHES: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256', SHA: 'sha1' };

/** The parameters of a challenge (RFC 9110, 11.2): names in lower case, quotes taken away. */
function parameters(challenge: string): Map<string, string> {
  const found = challenge.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi);
  return new Map(
    [...found].map(([, name, quoted, plain]) => [
      name!.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
    ]),
  );
}

/** The value of an Authorization header for a digest challenge (RFC 7616); undefined when the algorithm is not known. */
export function digest(challenge: string, asker: Asker, cnonce = randomBytes(8).toString('hex')) {
  const given = parameters(challenge.replace(/^.*?\bdigest\s+/i, ''));
  const algorithm = given.get('algorithm') ?? 'MD5';
  const name = HASHES[algorithm.toUpperCase().replace(/-SESS$/, '')];
  if (name === undefined) return undefined;
  const hash = (text: string) => createHash(name).update(text).digest('hex');
  const [realm = '', nonce = '', opaque] = ['realm', 'nonce', 'opaque'].map((n) => given.get(n));
  const auth =
    given
      .get('qop')
      ?.split(/\s*,\s*/)
      .includes('auth') ?? false;
  const uri = asker.url.pathname + asker.url.search;
  const secret = hash(`${asker.user}:${realm}:${asker.password}`);
  const first = /-sess$/i.test(algorithm) ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const second = hash(`${asker.method}:${uri}`);
  const response = hash([first, nonce, ...(auth ? ['00000001', cnonce, 'auth'] : []), second].join(':'));
  const quoted = { username: asker.user, realm, nonce, uri, response, ...(opaque && { opaque }) };
  const words = Object.entries(quoted).map(([k, v]) => `${k}="${v.replace(/(["\\])/g, '\\$1')}"`);
  if (given.has('algorithm')) words.push(`algorithm=${algorithm}`);
  if (auth) words.push('qop=auth', 'nc=00000001', `cnonce="${cnonce}"`);
  return `Digest ${words.join(', ')}`;
}

/** Answers a server's demand: a digest where it takes one, else the password; undefined when it takes neither. */
export function authorization(challenge: string, asker: Asker): string | undefined {
  const best = /\bdigest\b/i.test(challenge) ? digest(challenge, asker) : undefined;
  return best ?? (/\bbasic\b/i.test(challenge) ? basic(asker.user, asker.password) : undefined);
}
