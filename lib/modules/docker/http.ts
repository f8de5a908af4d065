import type { Json, JsonObject } from '../../values/json.js';

/** One request to the engine; `path` begins behind the version, with its query already encoded. */
export type Request = { readonly method: string; readonly path: string; readonly body?: JsonObject };

/** What the engine answered. `body` is as it came, without chunks. */
export type Reply = { readonly status: number; readonly body: Buffer };

/** A path of the engine's interface with its query; what is undefined is left out. */
export function apiPath(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
  const given = Object.entries(query).flatMap(([k, v]) =>
    v === undefined ? [] : [[k, String(v)] as [string, string]],
  );
  const text = new URLSearchParams(given).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Requests as they travel over one connection, after which it ends (RFC 9112). */
export function written(requests: readonly Request[], version: string): string {
  const prefix = version === 'auto' ? '' : `/v${version}`;
  return requests
    .map(({ method, path, body }, i) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const length = Buffer.byteLength(text);
      const headers = [
        `${method} ${prefix}${path} HTTP/1.1`,
        'Host: docker',
        ...(method === 'GET' ? [] : ['Content-Type: application/json', `Content-Length: ${length}`]),
        ...(i === requests.length - 1 ? ['Connection: close'] : []),
      ];
      return `${headers.join('\r\n')}\r\n\r\n${text}`;
    })
    .join('');
}

function chunked(data: Buffer, start: number): { body: Buffer; end: number } {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const line = data.indexOf('\r\n', at);
    if (line < 0) return { body: Buffer.concat(parts), end: data.length };
    const size = Number.parseInt(data.toString('latin1', at, line), 16);
    if (!size) return { body: Buffer.concat(parts), end: line + 4 };
    parts.push(data.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

const BODILESS = new Set([204, 304]);

function bodyOf(data: Buffer, start: number, status: number, head: string): { body: Buffer; end: number } {
  if (BODILESS.has(status)) return { body: Buffer.alloc(0), end: start };
  if (/^transfer-encoding: *chunked/im.test(head)) return chunked(data, start);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const end = length === undefined ? data.length : start + Number(length);
  return { body: data.subarray(start, end), end };
}

/** The replies in what came over the connection, in the order of the requests; fewer when it broke off. */
export function replies(data: Buffer): Reply[] {
  const found: Reply[] = [];
  for (let at = 0; at < data.length; ) {
    const headEnd = data.indexOf('\r\n\r\n', at);
    if (headEnd < 0) break;
    const head = data.toString('latin1', at, headEnd);
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
    if (!status) break;
    const { body, end } = bodyOf(data, headEnd + 4, status, head);
    // 1xx only announces the reply proper.
    if (status >= 200) found.push({ status, body });
    at = end;
  }
  return found;
}

/** A reply's JSON; undefined when it is none. */
export function jsonOf(reply: Reply): Json | undefined {
  try {
    return JSON.parse(reply.body.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

/** The engine's own words about a request that it refused. */
export function refusal(reply: Reply): string {
  const json = jsonOf(reply);
  if (json !== null && typeof json === 'object' && !Array.isArray(json) && typeof json?.message === 'string')
    return json.message;
  return reply.body.toString('utf8').trim() || `status ${reply.status}`;
}

/** Both streams of a container's log, which the engine interleaves with headers of eight bytes unless there is a terminal. */
export function logText(body: Buffer, tty: boolean): { stdout: string; stderr: string; all: string } {
  if (tty) return { stdout: body.toString('utf8'), stderr: '', all: body.toString('utf8') };
  const parts: { stream: number; data: Buffer }[] = [];
  for (let at = 0; at + 8 <= body.length; ) {
    const size = body.readUInt32BE(at + 4);
    parts.push({ stream: body[at]!, data: body.subarray(at + 8, at + 8 + size) });
    at += 8 + size;
  }
  const joined = (wanted: (stream: number) => boolean) =>
    Buffer.concat(parts.filter((p) => wanted(p.stream)).map((p) => p.data)).toString('utf8');
  return { stdout: joined((s) => s !== 2), stderr: joined((s) => s === 2), all: joined(() => true) };
}
