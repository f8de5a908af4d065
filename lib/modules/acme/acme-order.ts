import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import { type AcmeAnswer, type AcmeClient, expectStatus, problemText } from './acme-client.js';
import { type Authorization, type Identifier, readAuthorization } from './challenge-data.js';
import { base64url } from './jws.js';

/** An order (RFC 8555, 7.1.3) and what it is about. */
export type Order = {
  readonly url: string;
  readonly data: JsonObject;
  readonly authorizations: Authorization[];
};

/** How often a server is asked again, each second or as it says itself: five minutes and more. */
const ASKS = 300;
const PAUSE_S = 1;
const LONGEST_PAUSE_S = 30;

async function load(client: AcmeClient, url: string): Promise<Authorization> {
  const answer = expectStatus(await client.send(url), 'Failed to read an authorization', 200);
  return readAuthorization(answer.json, url);
}

async function withAuthorizations(client: AcmeClient, url: string, data: JsonObject): Promise<Order> {
  const authorizations: Authorization[] = [];
  for (const one of (data.authorizations ?? []) as string[]) authorizations.push(await load(client, one));
  return { url, data, authorizations };
}

/** Begins an order. Throws a StepError. */
export async function newOrder(client: AcmeClient, identifiers: readonly Identifier[]): Promise<Order> {
  const wanted = identifiers.map(({ type, value }) => ({ type, value }));
  const answer = await client.send(String(client.directory.newOrder), { identifiers: wanted });
  expectStatus(answer, 'Failed to start new order', 201);
  return withAuthorizations(client, answer.headers.location ?? '', answer.json);
}

/** An order that was begun before. Throws a StepError. */
export async function loadOrder(client: AcmeClient, url: string): Promise<Order> {
  const answer = expectStatus(await client.send(url), 'Failed to read the order', 200);
  return withAuthorizations(client, url, answer.json);
}

function pauseAfter(answer: AcmeAnswer): number {
  const said = Number(answer.headers['retry-after']);
  return (said > 0 ? Math.min(said, LONGEST_PAUSE_S) : PAUSE_S) * 1000;
}

/** Asks until the state is one of those that last. Throws a StepError when it takes too long. */
async function settled(
  client: AcmeClient,
  url: string,
  lasting: readonly string[],
  signal: AbortSignal,
): Promise<JsonObject> {
  for (let i = 0; i < ASKS; i++) {
    const answer = expectStatus(await client.send(url), `Failed to read ${url}`, 200);
    if (lasting.includes(String(answer.json.status))) return answer.json;
    await setTimeout(pauseAfter(answer), undefined, { signal });
  }
  throw new StepError(`${url} did not come to an end`);
}

/** The failure of an authorization, with what the server found wrong in its challenges. */
export function refused(one: Authorization, why: string): StepError {
  const wrong = one.challenges
    .filter((c) => c.status === 'invalid' && c.error !== undefined)
    .map((c) => `Challenge ${String(c.type)}: ${problemText(c.error as JsonObject)}`);
  const msg = `Failed to validate challenge for ${one.type}:${one.name}: ${why}. ${wrong.join('; ')}`;
  return new StepError(msg.trim(), { identifier: `${one.type}:${one.name}`, authorization: one.data });
}

/** Tells the server that the challenges of one kind can be looked at, and waits for what it finds. Throws a StepError. */
export async function validate(
  client: AcmeClient,
  order: Order,
  kind: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly order: Order; readonly changed: boolean }> {
  const pending = order.authorizations.filter((one) => one.status === 'pending');
  for (const one of pending) {
    if (kind === undefined)
      throw refused(one, 'Status is not "valid", even though no challenge should be necessary');
    const challenge = one.challenges.find((c) => c.type === kind);
    if (!challenge) throw refused(one, `Found no challenge of type "${kind}"`);
    expectStatus(await client.send(String(challenge.url), {}), 'Failed to validate challenge', 200, 202);
  }
  const authorizations: Authorization[] = [];
  for (const one of order.authorizations) {
    const waits = pending.includes(one);
    const data = waits ? await settled(client, one.url, ['valid', 'invalid', 'revoked'], signal) : one.data;
    const now = readAuthorization(data, one.url);
    if (waits && now.status !== 'valid') throw refused(now, `Status is "${now.status}"`);
    authorizations.push(now);
  }
  return { order: { ...order, authorizations }, changed: pending.length > 0 };
}

/** Hands in the request, and gives where the certificate is. Throws a StepError. */
export async function finalize(
  client: AcmeClient,
  order: Order,
  csr: Buffer,
  signal: AbortSignal,
): Promise<string> {
  const answer = await client.send(String(order.data.finalize), { csr: base64url(csr) });
  expectStatus(answer, 'Failed to finalize the order', 200);
  const data = await settled(client, order.url, ['valid', 'invalid'], signal);
  if (data.status === 'valid' && typeof data.certificate === 'string') return data.certificate;
  const why = data.error === undefined ? '' : `: ${problemText(data.error as JsonObject)}`;
  throw new StepError(`Failed to wait for order to complete; got status "${String(data.status)}"${why}`);
}

/** Gives up every authorization that is valid; those that the server kept are named. */
export async function deactivate(
  client: AcmeClient,
  authorizations: readonly Authorization[],
): Promise<Authorization[]> {
  const now: Authorization[] = [];
  for (const one of authorizations) {
    const answer = one.status === 'valid' ? await client.send(one.url, { status: 'deactivated' }) : undefined;
    now.push(answer?.status === 200 ? readAuthorization(answer.json, one.url) : one);
  }
  return now;
}
