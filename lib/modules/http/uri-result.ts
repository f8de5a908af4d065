import type { Json, JsonObject } from '../../values/json.js';
import type { ModuleResult } from '../module.js';
import type { Fetched } from './fetch.js';

/** An answer with its whole body. */
export type Answered = Fetched & { readonly body: Buffer };

function pairs(body: Json): [string, string][] {
  const entries = Array.isArray(body)
    ? (body as Json[][]).map((p) => [String(p[0]), p[1] ?? null] as const)
    : Object.entries(body as JsonObject);
  return entries.flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return values
      .filter((v) => v !== null && v !== undefined)
      .map((v): [string, string] => [name, typeof v === 'boolean' ? (v ? 'True' : 'False') : String(v)]);
  });
}

/** The bytes of a body, and the Content-Type that belongs to its format. */
export function encodeBody(
  body: Json | undefined,
  format: 'form-urlencoded' | 'json' | 'raw',
): { readonly body?: Uint8Array; readonly type?: string } {
  const bytes = (text: string) => Buffer.from(text, 'utf8');
  if (format === 'json')
    return {
      body: bytes(typeof body === 'string' ? body : JSON.stringify(body ?? null)),
      type: 'application/json',
    };
  if (format === 'form-urlencoded') {
    const form =
      typeof body === 'object' && body !== null ? new URLSearchParams(pairs(body)).toString() : body;
    return { body: bytes(String(form ?? '')), type: 'application/x-www-form-urlencoded' };
  }
  if (body === undefined || body === null) return {};
  return { body: bytes(typeof body === 'string' ? body : JSON.stringify(body)) };
}

/** True for application/json and its kin (`+json`, javascript), whose bodies are returned as data too. */
function isJson(type: string): boolean {
  return /^[^/]+\/(?:[^;]+\+)?(?:json|javascript)\s*(?:;|$)/i.test(type.trim());
}

function cookiesOf(lines: readonly string[]): JsonObject {
  const found = lines.flatMap((line): [string, string][] => {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    return name === undefined ? [] : [[name.trim(), value ?? '']];
  });
  return {
    cookies: Object.fromEntries(found),
    cookies_string: found.map(([n, v]) => `${n}=${v}`).join('; '),
  };
}

function unexpected(status: number, wanted: readonly number[], words: string): string {
  return `Status code was ${status} and not [${wanted.join(', ')}]: ${words}`;
}

/** The result of a request that got no answer. */
export function failedRequest(
  url: string,
  wanted: readonly number[],
  words: string,
  elapsed: number,
): ModuleResult {
  const msg = unexpected(-1, wanted, `Request failed: ${words}`);
  return { failed: true, changed: false, redirected: false, status: -1, url, elapsed, msg };
}

/** The result of an answer, under the names that Ansible gives: headers in lower case with underscores. */
export function resultOf(
  answered: Answered,
  wanted: readonly number[],
  withContent: boolean,
  elapsed: number,
): ModuleResult {
  const { answer, url, redirected, body } = answered;
  const { status, headers } = answer;
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(headers)) result[name.replaceAll('-', '_')] = value;
  const size = headers['content-length'];
  const words =
    status >= 200 && status < 300
      ? `OK (${size ?? 'unknown'} bytes)`
      : `HTTP Error ${status}: ${answer.reason}`;
  Object.assign(result, cookiesOf(answer.cookies), {
    url: url.href,
    redirected,
    status,
    elapsed,
    changed: false,
  });
  if (headers.location !== undefined) result.location = new URL(headers.location, url).href;
  const content = body.toString('utf8');
  if (isJson(headers['content-type'] ?? ''))
    try {
      result.json = JSON.parse(content) as Json;
    } catch {
      // The server says JSON and sends something else: there is no `json` then.
    }
  if (withContent) result.content = content;
  const good = wanted.includes(status);
  return { ...result, msg: good ? words : unexpected(status, wanted, words), ...(!good && { failed: true }) };
}
