import { TemplateError } from './library.js';
import { parseAddress } from './net/network.js';

/** The parts of a URL as Python's urlsplit() names them. */
export type UrlParts = {
  scheme: string;
  netloc: string;
  path: string;
  query: string;
  fragment: string;
  username: string | null;
  password: string | null;
  hostname: string | null;
  /** The port as it was written; `portOf` reads it. */
  port: string;
};

function cut(s: string, mark: string): [string, string] {
  const at = s.indexOf(mark);
  return at < 0 ? [s, ''] : [s.slice(0, at), s.slice(at + mark.length)];
}

/** The number of a port, or null for none; a TemplateError for what is no port. */
export function portOf(text: string): number | null {
  if (text === '') return null;
  if (!/^\d+$/.test(text)) throw new TemplateError(`the port '${text}' is not a number`);
  const port = Number(text);
  if (port > 65535) throw new TemplateError(`the port ${port} is above 65535`);
  return port;
}

type Authority = Pick<UrlParts, 'username' | 'password' | 'hostname' | 'port'>;

function authority(netloc: string): Authority {
  const at = netloc.lastIndexOf('@');
  const user = at < 0 ? null : netloc.slice(0, at);
  const host = netloc.slice(at + 1);
  const colon = user?.indexOf(':') ?? -1;
  const bracket = /^\[([^\]]*)\](?::(.*))?/.exec(host);
  const [name, port] = bracket ? [bracket[1]!, bracket[2] ?? ''] : cut(host, ':');
  return {
    username: user === null ? null : colon < 0 ? user : user.slice(0, colon),
    password: user === null || colon < 0 ? null : user.slice(colon + 1),
    hostname: name === '' ? null : name.toLowerCase(),
    port,
  };
}

function checkBrackets(netloc: string): void {
  const host = netloc.slice(netloc.lastIndexOf('@') + 1);
  if (!/[[\]]/.test(host)) return;
  const inside = /^\[([^[\]]*)\](?::.*)?$/.exec(host)?.[1];
  if (inside === undefined || (!/^v[0-9a-f]+\../i.test(inside) && parseAddress(inside)?.version !== 6))
    throw new TemplateError('the address in brackets is not an IPv6 address');
}

/** Splits a URL as Python's urlsplit() does; a TemplateError for an impossible host or port. */
export function splitUrl(source: string): UrlParts {
  let rest = source.replace(/^[\x00-\x20]+/, '').replace(/[\t\r\n]/g, '');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  if (scheme) rest = rest.slice(scheme[0].length);
  let netloc = '';
  if (rest.startsWith('//')) {
    netloc = /^\/\/([^/?#]*)/.exec(rest)![1]!;
    rest = rest.slice(2 + netloc.length);
    checkBrackets(netloc);
  }
  const [before, fragment] = cut(rest, '#');
  const [path, query] = cut(before, '?');
  return { scheme: scheme?.[1]?.toLowerCase() ?? '', netloc, path, query, fragment, ...authority(netloc) };
}
