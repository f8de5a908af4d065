import type { RunInfo } from '../module.js';
import { authorization } from './authorize.js';
import { proxyFor } from './proxy.js';
import { type HttpAnswer, type HttpRequest, send } from './request.js';

/** A request with what is to be done about redirects and credentials. */
export type Fetch = HttpRequest & {
  readonly redirects: 'all' | 'safe' | 'none';
  readonly unredirected: readonly string[];
  readonly user?: string;
  readonly password?: string;
  readonly forceBasic: boolean;
  /** The node's environment, which may name proxies; absent: none is used. */
  readonly environment?: Readonly<Record<string, string>>;
};
/** The last answer of a chain of redirects. */
export type Fetched = { readonly answer: HttpAnswer; readonly url: URL; readonly redirected: boolean };

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST = 10;

function without(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  const gone = new Set(names.map((n) => n.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !gone.has(name.toLowerCase())));
}

/** Where an answer sends the request on to; undefined when it is the last one. */
function next(request: Fetch, answer: HttpAnswer): Fetch | undefined {
  const location = answer.headers.location;
  if (!REDIRECTS.includes(answer.status) || location === undefined || request.redirects === 'none')
    return undefined;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (request.redirects === 'safe' && !reading) return undefined;
  const url = new URL(location, request.url);
  const toGet =
    request.method !== 'HEAD' &&
    (answer.status === 303 || answer.status === 302 || (answer.status === 301 && request.method === 'POST'));
  const foreign = url.host === request.url.host ? [] : ['authorization', 'cookie'];
  const body = ['content-length', 'content-type', 'transfer-encoding'];
  const dropped = [...request.unredirected, ...foreign, ...(toGet ? body : [])];
  const headers = without(request.headers, dropped);
  const kept = foreign.length > 0 ? { user: undefined, password: undefined } : {};
  return { ...request, ...kept, url, headers, ...(toGet ? { method: 'GET', body: undefined } : {}) };
}

/** The request with credentials, as the server demands them; undefined when it cannot have any. */
function authorized(request: Fetch, challenge: string): Fetch | undefined {
  const { url, method } = request;
  if (request.user === undefined && url.username === '') return undefined;
  if (request.headers.Authorization !== undefined) return undefined;
  const user = request.user ?? decodeURIComponent(url.username);
  const password = request.password ?? decodeURIComponent(url.password);
  const Authorization = authorization(challenge, { user, password, method, url });
  return Authorization ? { ...request, headers: { ...request.headers, Authorization } } : undefined;
}

function sendBy(info: Parameters<typeof send>[0], request: Fetch): Promise<HttpAnswer> {
  const proxy = request.environment && proxyFor(request.url, request.environment);
  return send(info, { ...request, proxy: request.unix === undefined ? proxy : undefined });
}

/** Sends a request from the node, follows redirects and answers a demand for authentication. */
export async function fetchUrl(
  info: Pick<RunInfo, 'node' | 'become' | 'signal'>,
  first: Fetch,
): Promise<Fetched> {
  let request = (first.forceBasic && authorized(first, 'basic')) || first;
  for (let hops = 0; hops <= MOST; hops++) {
    const answer = await sendBy(info, request);
    const demand = answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : '';
    const following = authorized(request, demand) ?? next(request, answer);
    if (!following) return { answer, url: request.url, redirected: request.url.href !== first.url.href };
    await answer.close();
    request = following;
  }
  throw new Error(`more than ${MOST} redirects`);
}
