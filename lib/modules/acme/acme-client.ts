import type { Json, JsonObject } from '../../values/json.js';
import { type KeySource, openedKey, probeKey, readProbe } from '../crypto/key-probe.js';
import type { PublicKey } from '../crypto/public-key.js';
import { signatureIn, signingWith, signQuery } from '../crypto/signatures.js';
import { fetchUrl } from '../http/fetch.js';
import { trustOf } from '../http/http-args.js';
import type { Trust } from '../http/request.js';
import type { RunInfo } from '../module.js';
import { complaint } from '../program.js';
import { StepError } from '../steps.js';
import type { AcmeArgs } from './acme-args.js';
import { base64url, jwkOf, jwsAlgorithm, jwsSignature, signingInput } from './jws.js';

/** What a server answered: JSON where it is that, and the text of anything. */
export type AcmeAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: JsonObject;
};

/** A private key of the node, and what is known of it. */
export type AcmeKey = { readonly source: KeySource; readonly key: PublicKey; readonly jwk: JsonObject };

/** Talks to an ACME server (RFC 8555) from the node, where the keys stay. */
export type AcmeClient = {
  readonly account: AcmeKey;
  readonly directory: JsonObject;
  /** The account's URL, once it is known. */
  uri: string | undefined;
  /** A signed message; without a body it only asks. The key signs as itself until the account is known. */
  send(url: string, payload?: JsonObject): Promise<AcmeAnswer>;
  /** A message within a message, signed by another key, or by a secret shared with the server. */
  sign(header: JsonObject, payload: JsonObject, key: AcmeKey): Promise<JsonObject>;
};

type Info = Pick<RunInfo, 'node' | 'become' | 'signal' | 'environment'>;
const NONCE_TRIES = 5;

/** What a problem document says (RFC 8555, 6.7), with those of its parts. */
export function problemText(problem: JsonObject): string {
  const parts = Array.isArray(problem.subproblems) ? (problem.subproblems as JsonObject[]) : [];
  const own = [problem.title, problem.detail].filter((t) => typeof t === 'string').join(': ');
  const type = typeof problem.type === 'string' ? ` (${problem.type})` : '';
  return [`${own}${type}`, ...parts.map(problemText)].join('; ');
}

/** Throws the failure that an answer is, unless it has one of the states. */
export function expectStatus(answer: AcmeAnswer, what: string, ...states: readonly number[]): AcmeAnswer {
  if (states.includes(answer.status)) return answer;
  const said = problemText(answer.json) || answer.text.slice(0, 200);
  throw new StepError(`${what}: the server answered ${answer.status}: ${said}`, {
    http_status: answer.status,
    problem: answer.json,
  });
}

/** A private key of the node that signs messages; throws a StepError. */
export async function acmeKey(info: Info, source: KeySource, what: string): Promise<AcmeKey> {
  const [answer] = await info.node.ask([probeKey(source)], info.become);
  if (answer?.kind !== 'read') throw new StepError(`cannot look at the ${what}`);
  if (answer.rc === 127)
    throw new StepError(
      'Failed to find required executable "openssl" on the node; Debian\'s package openssl has it',
    );
  const key = openedKey(readProbe(answer), source, what);
  if (typeof key === 'string') throw new StepError(key);
  jwsAlgorithm(key);
  return { source, key, jwk: jwkOf(key) };
}

async function signed(
  info: Info,
  header: JsonObject,
  payload: JsonObject | undefined,
  { source, key }: AcmeKey,
) {
  const algorithm = jwsAlgorithm(key);
  const input = signingInput({ alg: algorithm.alg, ...header }, payload);
  const body = Buffer.from(`${input.protected}.${input.payload}`);
  const [answer] = await info.node.ask(
    [signQuery(source, signingWith(key.type, algorithm.hash), body)],
    info.become,
  );
  if (answer?.kind !== 'read' || answer.rc !== 0)
    throw new StepError(`openssl cannot sign: ${answer?.kind === 'read' ? complaint(answer) : ''}`);
  return { ...input, signature: base64url(jwsSignature(signatureIn(answer), algorithm)) };
}

function parsed(text: string): JsonObject {
  try {
    const json = JSON.parse(text) as Json;
    return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {};
  } catch {
    return {};
  }
}

type Wire = { readonly info: Info; readonly trust: Trust; readonly timeout: number };

async function request(
  { info, trust, timeout }: Wire,
  method: string,
  url: string,
  body?: JsonObject,
): Promise<AcmeAnswer> {
  if (!URL.canParse(url)) throw new StepError(`not a URL of an ACME server: ${url}`);
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers: Record<string, string> = { 'User-Agent': 'ffe-provision' };
  if (bytes)
    Object.assign(headers, {
      'Content-Type': 'application/jose+json',
      'Content-Length': String(bytes.length),
    });
  try {
    const { answer } = await fetchUrl(info, {
      ...{ url: new URL(url), method, headers, body: bytes, timeout, trust },
      ...{
        decompress: true,
        redirects: 'safe',
        forceBasic: false,
        unredirected: [],
        environment: info.environment,
      },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    await answer.close();
    const text = Buffer.concat(chunks).toString('utf8');
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
  } catch (error) {
    throw new StepError(`cannot reach ${url}: ${(error as Error).message}`);
  }
}

/** Connects: looks at the account's key, and asks the server for its places. Throws a StepError. */
export async function connectAcme(info: RunInfo, a: AcmeArgs): Promise<AcmeClient> {
  if (a.acme_version !== 2)
    throw new StepError(
      'ACME v1 is spoken by no server any more; set acme_version to 2 and use the directory of v2',
    );
  const source = {
    path: a.account_key_src,
    content: a.account_key_content,
    passphrase: a.account_key_passphrase,
  };
  const account = await acmeKey(info, source, 'account key');
  const trusted = { url: a.acme_directory, validate_certs: a.validate_certs, use_gssapi: false };
  const trust = await trustOf(
    info,
    { ...trusted, client_cert: undefined, client_key: undefined, ciphers: undefined },
    undefined,
  );
  const wire: Wire = { info, trust, timeout: a.request_timeout };
  const { json: directory } = expectStatus(
    await request(wire, 'GET', a.acme_directory),
    'Failed to read the directory',
    200,
  );
  const place = (name: string) => String(directory[name] ?? '');
  const nonces: string[] = [];
  const nonce = async () =>
    nonces.pop() ?? (await request(wire, 'HEAD', place('newNonce'))).headers['replay-nonce'] ?? '';
  const client: AcmeClient = {
    account,
    directory,
    uri: a.account_uri,
    sign: (header, payload, key) => signed(info, header, payload, key),
    send: async (url, payload) => {
      for (let tries = 1; ; tries++) {
        const who: JsonObject = client.uri === undefined ? { jwk: account.jwk } : { kid: client.uri };
        const message = await signed(info, { nonce: await nonce(), url, ...who }, payload, account);
        const answer = await request(wire, 'POST', url, message);
        const next = answer.headers['replay-nonce'];
        if (next !== undefined) nonces.push(next);
        if (tries >= NONCE_TRIES || answer.json.type !== 'urn:ietf:params:acme:error:badNonce') return answer;
      }
    },
  };
  return client;
}
