import { basic } from './authorize.js';

/** A proxy: where it listens, and the header that lets in. */
export type WebProxy = { readonly host: string; readonly port: number; readonly authorization?: string };

/** Whether a `no_proxy` list names a host: itself, a domain above it, or `*`; a port in an entry must be the URL's. */
function exempt(list: string, url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (wanted !== undefined && wanted !== port) return false;
      const bare = name.replace(/^\*?\./, '');
      return entry === '*' || host === bare || host.endsWith(`.${bare}`);
    });
}

/** The proxy that an environment names for a URL; undefined for none. Throws when it cannot be used. */
export function proxyFor(url: URL, environment: Readonly<Record<string, string>>): WebProxy | undefined {
  const named = (name: string) => environment[name] || environment[name.toUpperCase()] || undefined;
  const text = named(`${url.protocol}//`.replace('://', '_proxy')) ?? named('all_proxy');
  if (text === undefined || exempt(named('no_proxy') ?? '', url)) return undefined;
  const written = /^[a-z0-9]+:\/\//i.test(text) ? text : `http://${text}`;
  const proxy = URL.canParse(written) ? new URL(written) : undefined;
  if (proxy?.protocol !== 'http:')
    throw new Error(
      `the proxy '${proxy ? `${proxy.protocol}//${proxy.host}` : 'of the environment'}' is not of http`,
    );
  const user = decodeURIComponent(proxy.username);
  const authorization = user === '' ? undefined : basic(user, decodeURIComponent(proxy.password));
  return { host: proxy.hostname.replace(/^\[|\]$/g, ''), port: Number(proxy.port || 80), authorization };
}
