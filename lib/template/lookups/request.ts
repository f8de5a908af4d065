import { spawnSync } from 'node:child_process';
import { TemplateError } from '../library.js';

const LARGEST_BODY = 256 * 1024 * 1024;

// A render is synchronous, so the request is made by a child; it gets what may be secret through its standard input.
const CHILD = `
const ask = JSON.parse(require('fs').readFileSync(0, 'utf8'));
fetch(ask.url, { method: ask.method, body: ask.body, headers: ask.headers, redirect: ask.redirect, signal: AbortSignal.timeout(ask.timeout) })
  .then(async (r) => {
    const body = Buffer.from(await r.arrayBuffer());
    process.stdout.write(JSON.stringify({ status: r.status, reason: r.statusText, body: body.toString('base64') }));
  })
  .catch((e) => process.stdout.write(JSON.stringify({ error: (e.cause && e.cause.message) || e.message })));
`;

/** What is asked; `timeout` in milliseconds, `ca` a file of certificates that are trusted, too. */
export type Request = {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect: 'follow' | 'manual';
  readonly timeout: number;
  readonly verify: boolean;
  readonly ca?: string;
};

/** What a server answered. */
export type Answered = { readonly status: number; readonly reason: string; readonly body: Buffer };

type Told = { status?: number; reason?: string; body?: string; error?: string };

/** Asks a server over HTTP and waits for its answer. Throws a TemplateError when there is none. */
export function request({ verify, ca, ...ask }: Request): Answered {
  const env = { ...process.env };
  if (!verify) env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  if (ca) env.NODE_EXTRA_CA_CERTS = ca;
  const done = spawnSync(process.execPath, ['--no-warnings', '-e', CHILD], {
    input: JSON.stringify(ask),
    env,
    encoding: 'utf8',
    maxBuffer: LARGEST_BODY,
    timeout: ask.timeout + 5000,
  });
  if (done.error || done.stdout === '') throw new TemplateError(`${ask.url} could not be asked`);
  const told = JSON.parse(done.stdout) as Told;
  if (told.error !== undefined) throw new TemplateError(`${ask.url} could not be read: ${told.error}`);
  return { status: told.status!, reason: told.reason!, body: Buffer.from(told.body!, 'base64') };
}
