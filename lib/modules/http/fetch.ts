import type { RunInfo } from '../module.js';
import { type HttpAnswer, type HttpRequest, send } from './request.js';

/** A request with what is to be done about redirects and credentials. */
export type Fetch = HttpRequest & {
  readonly redirects: 'all' | 'safe' | 'none';
  readonly unredirected: readonly string[];
  readonly user?: string;
  readonly password?: string;
  readonly forceBasic: boolean;
};
/** The last answer of a chain of redirects. */
export type Fetched = { readonly answer: HttpAnswer; readonly url: URL; readonly redirected: boolean };

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST = 10;

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

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

function authorized(request: Fetch): Fetch {
  const user = request.user ?? decodeURIComponent(request.url.username);
  const password = request.password ?? decodeURIComponent(request.url.password);
  return {
    ...request,
    headers: { ...request.headers, Authorization: basic(user, password) },
    forceBasic: false,
  };
}

/** Sends a request from the node, follows redirects and answers a demand for basic authentication. */
export async function fetchUrl(
  info: Pick<RunInfo, 'node' | 'become' | 'signal'>,
  first: Fetch,
): Promise<Fetched> {
  const known = first.user !== undefined || first.url.username !== '';
  let request = known && first.forceBasic ? authorized(first) : first;
  for (let hops = 0; hops <= MOST; hops++) {
    const answer = await send(info, request);
    const demand = answer.status === 401 && /basic/i.test(answer.headers['www-authenticate'] ?? '');
    const credentials = request.user !== undefined || request.url.username !== '';
    const again = demand && credentials && request.headers.Authorization === undefined;
    const following = again ? authorized(request) : next(request, answer);
    if (!following) return { answer, url: request.url, redirected: request.url.href !== first.url.href };
    await answer.close();
    request = following;
  }
  throw new Error(`more than ${MOST} redirects`);
}
