import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { JsonObject } from '../../values/json.js';
import { base64url, keyAuthorization } from './jws.js';

/** What is asked for a certificate: a DNS name or an address. */
export type Identifier = { readonly type: string; readonly value: string };

/** An authorization (RFC 8555, 7.1.4): may be used for one identifier; `name` has the star of a wildcard. */
export type Authorization = {
  readonly url: string;
  readonly status: string;
  readonly type: string;
  readonly name: string;
  readonly challenges: readonly JsonObject[];
  readonly data: JsonObject;
};

/** An authorization from what the server told of it. */
export function readAuthorization(data: JsonObject, url: string): Authorization {
  const identifier = (data.identifier ?? {}) as JsonObject;
  return {
    url,
    status: String(data.status),
    type: String(identifier.type),
    name: `${data.wildcard === true ? '*.' : ''}${String(identifier.value)}`,
    challenges: (data.challenges ?? []) as JsonObject[],
    data: { ...data, uri: url },
  };
}

/** The name of an address in the reverse tree of DNS, with its dot (RFC 8738, 6). */
export function reverseName(address: string): string {
  const bytes = ipaddr.parse(address).toByteArray();
  if (bytes.length === 4) return `${bytes.reverse().join('.')}.in-addr.arpa.`;
  const digits = Buffer.from(bytes).toString('hex').split('').reverse().join('.');
  return `${digits}.ip6.arpa.`;
}

/** What somebody must put in place to answer a challenge; undefined for kinds that are not known. */
function answerTo(
  challenge: JsonObject,
  { type, name }: Authorization,
  jwk: JsonObject,
): JsonObject | undefined {
  const token = String(challenge.token ?? '').replace(/[^A-Za-z0-9_-]/g, '_');
  const said = keyAuthorization(token, jwk);
  const hash = createHash('sha256').update(said).digest();
  if (challenge.type === 'http-01')
    return { resource: `.well-known/acme-challenge/${token}`, resource_value: said };
  if (challenge.type === 'dns-01' && type === 'dns') {
    const resource = '_acme-challenge';
    return { resource, resource_value: base64url(hash), record: `${resource}.${name.replace(/^\*\./, '')}` };
  }
  if (challenge.type !== 'tls-alpn-01') return undefined;
  const resource = type === 'ip' && isIP(name) ? reverseName(name) : name;
  return { resource, resource_original: `${type}:${name}`, resource_value: hash.toString('base64') };
}

/** The answers to the challenges of authorizations that are not valid yet: by identifier, then by kind. */
export function challengeData(
  authorizations: readonly Authorization[],
  jwk: JsonObject,
): Record<string, JsonObject> {
  const open = authorizations.filter((one) => one.status !== 'valid');
  const kinds = (one: Authorization): JsonObject =>
    Object.fromEntries(
      one.challenges.flatMap((c) => {
        const answer = answerTo(c, one, jwk);
        return answer ? [[String(c.type), answer] as const] : [];
      }),
    );
  return Object.fromEntries(open.map((one) => [one.name, kinds(one)]));
}

/** Of dns-01: the values that each record must have. */
export function dnsRecords(data: Readonly<Record<string, JsonObject>>): Record<string, string[]> {
  const records: Record<string, string[]> = {};
  for (const kinds of Object.values(data)) {
    const { record, resource_value } = (kinds['dns-01'] ?? {}) as JsonObject;
    if (record !== undefined)
      records[String(record)] = [...(records[String(record)] ?? []), String(resource_value)];
  }
  return records;
}
