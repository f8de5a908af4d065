import { text } from '../node/content.js';
import type { Json, JsonObject } from '../values/json.js';
import type { ArgsOf } from './args.js';
import { needless } from './command/run-command.js';
import { fileArgs } from './file-attributes.js';
import { fetchUrl } from './http/fetch.js';
import { accessOf, fileBytes, httpArgs, trustOf, unsupported } from './http/http-args.js';
import { multipart } from './http/multipart.js';
import { lookAt, place } from './http/place.js';
import { uriArgs } from './http/uri-args.js';
import { type Answered, encodeBody, failedRequest, resultOf } from './http/uri-result.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';

const REDIRECTS = {
  all: 'all',
  yes: 'all',
  safe: 'safe',
  urllib2: 'safe',
  no: 'none',
  none: 'none',
} as const;

/** Talks to a web service from the node, which needs no program for it: the request is made over a relayed connection. */
export const uri = defineModule({
  name: 'uri',
  summary: 'Sends an HTTP request from the node and looks at the answer.',
  args: { ...fileArgs, ...httpArgs, ...uriArgs },
  rules: { mutuallyExclusive: [['body', 'src']] },
  returns: {
    status: 'status code; -1 when there was no answer',
    content: 'the body, when return_content or on failure',
    json: 'the body as data, when it is JSON',
    url: 'the last URL',
    redirected: 'whether it differs from the given one',
    elapsed: 'seconds',
    msg: 'OK and the size, or what went wrong',
    cookies: 'cookies by name',
    cookies_string: 'the same as a header has them',
    path: 'where the body was saved',
  },
  examples: `
- name: The application answers
  uri:
    url: http://127.0.0.1:8000/health
    return_content: true
  register: health
  until: health.status == 200
  retries: 10
`,
  check: 'skip',
  run: async (info) => {
    const { args } = info;
    const method = args.method.toUpperCase();
    const refuse = (msg: string): ModuleResult => ({ failed: true, changed: false, msg, elapsed: 0 });
    if (!/^[A-Z]+$/.test(method))
      return refuse("Parameter 'method' needs to be a single word in uppercase, like GET or POST.");
    const reason = await needless(info, { ...args, chdir: undefined });
    if (reason)
      return {
        changed: false,
        stdout: `skipped, since '${reason.path}' ${reason.exists ? 'exists' : 'does not exist'}`,
      };
    const no = unsupported(args);
    if (no !== undefined) return refuse(no);
    const headers: Record<string, string> = { 'User-Agent': args.http_agent };
    for (const [name, value] of Object.entries(args.headers)) headers[name] = String(value ?? '');
    const started = Date.now();
    const elapsed = () => Math.floor((Date.now() - started) / 1000);
    let answered: Answered;
    try {
      const { body, type } = await bodyOf(info, args.body as Json | undefined, args);
      if (type !== undefined && !Object.keys(headers).some((h) => h.toLowerCase() === 'content-type'))
        headers['Content-Type'] = type;
      const bytes = args.src === undefined ? body : await fileBytes(info, args.src, args.remote_src);
      const fetched = await fetchUrl(info, {
        ...{ url: new URL(args.url), method, timeout: args.timeout, decompress: args.decompress },
        headers: bytes === undefined ? headers : { ...headers, 'Content-Length': String(bytes.length) },
        body: bytes,
        trust: await trustOf(info, args, args.ca_path),
        redirects: REDIRECTS[args.follow_redirects],
        unredirected: args.unredirected_headers,
        unix: args.unix_socket,
        ...(await accessOf(info, args, new URL(args.url))),
      });
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of fetched.answer.body) chunks.push(chunk);
        answered = { ...fetched, body: Buffer.concat(chunks) };
      } finally {
        await fetched.answer.close();
      }
    } catch (error) {
      return failedRequest(args.url, args.status_code, (error as Error).message, elapsed());
    }
    const result = resultOf(answered, args.status_code, args.return_content, elapsed());
    if (result.failed || args.dest === undefined || answered.answer.status === 304) return result;
    return { ...result, ...(await save(info, args, answered, args.dest)) };
  },
});

type Format = Pick<ArgsOf<typeof uriArgs>, 'body_format' | 'remote_src'>;

async function bodyOf(info: RunInfo, body: Json | undefined, { body_format, remote_src }: Format) {
  if (body_format !== 'form-multipart') return encodeBody(body, body_format);
  return multipart(body, (name) => fileBytes(info, name, remote_src));
}

type SaveWish = {
  readonly mode?: Json;
  readonly owner?: string;
  readonly group?: string;
  readonly unsafe_writes?: boolean;
};

async function save(
  info: Parameters<typeof lookAt>[0],
  wish: SaveWish,
  { body, url, answer }: Answered,
  dest: string,
): Promise<JsonObject> {
  const there = await lookAt(info, dest);
  const named = /filename="?([^";]+)/.exec(answer.headers['content-disposition'] ?? '')?.[1];
  const base = named ?? url.pathname.split('/').at(-1) ?? '';
  const inside = there.exists && there.type === 'directory';
  const file = inside ? `${dest.replace(/\/$/, '')}/${base.split('/').at(-1) || 'index.html'}` : dest;
  const now = inside ? await lookAt(info, file) : there;
  const content = { ...text(''), kind: 'bytes' as const, data: body };
  const placed = await place(info, { ...wish, dest: file }, now, content);
  return { ...placed.fields, changed: true, path: file };
}
