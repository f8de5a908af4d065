import { spawnSync } from 'node:child_process';
import { AheadError, type Caller, type Lookup, TemplateError } from '../library.js';
import { splitLines } from '../methods/splitting.js';
import { asDict, text } from '../read.js';
import { lookup, type Options, termText } from './options.js';

const LARGEST_BODY = 256 * 1024 * 1024;

// A render is synchronous, so the request is made by a child; it gets what may be secret through its standard input.
const CHILD = `
const ask = JSON.parse(require('fs').readFileSync(0, 'utf8'));
fetch(ask.url, { headers: ask.headers, redirect: ask.redirect, signal: AbortSignal.timeout(ask.timeout) })
  .then(async (r) => {
    const body = Buffer.from(await r.arrayBuffer());
    process.stdout.write(JSON.stringify({ status: r.status, reason: r.statusText, body: body.toString('base64') }));
  })
  .catch((e) => process.stdout.write(JSON.stringify({ error: (e.cause && e.cause.message) || e.message })));
`;

type Answer = { status?: number; reason?: string; body?: string; error?: string };

const OPTIONS = [
  'validate_certs',
  'split_lines',
  'use_proxy',
  'username',
  'password',
  'headers',
  'force',
  'timeout',
  'http_agent',
  'force_basic_auth',
  'follow_redirects',
  'ca_path',
];

function headersOf(options: Options, caller: Caller): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': options.text('http_agent', 'ansible-httpget') };
  const given = options.get('headers') ?? undefined;
  if (given !== undefined)
    for (const [name, value] of asDict(given, 'the option headers')) headers[text(name)] = text(value);
  const user = options.text('username', '');
  if (user === '') return headers;
  const password = options.text('password', '');
  if (password !== '') caller.host.secret(password);
  headers.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return headers;
}

function childEnv(options: Options): NodeJS.ProcessEnv {
  const env = { ...process.env };
  if (!options.bool('validate_certs', true)) env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const ca = options.text('ca_path', '');
  if (ca !== '') env.NODE_EXTRA_CA_CERTS = ca;
  return env;
}

function fetchText(url: string, options: Options, caller: Caller): string {
  const timeout = Number(options.text('timeout', '10')) * 1000;
  const redirect = /^(no|none|false)$/i.test(options.text('follow_redirects', 'urllib2'))
    ? 'manual'
    : 'follow';
  const done = spawnSync(process.execPath, ['--no-warnings', '-e', CHILD], {
    input: JSON.stringify({ url, headers: headersOf(options, caller), redirect, timeout }),
    env: childEnv(options),
    encoding: 'utf8',
    maxBuffer: LARGEST_BODY,
    timeout: timeout + 5000,
  });
  if (done.error || done.stdout === '') throw new TemplateError(`${url} could not be asked`);
  const answer = JSON.parse(done.stdout) as Answer;
  if (answer.error !== undefined) throw new TemplateError(`${url} could not be read: ${answer.error}`);
  if (answer.status! >= 300) throw new TemplateError(`${url} answered ${answer.status} ${answer.reason}`);
  return Buffer.from(answer.body!, 'base64').toString('utf8');
}

/** The lookup that reads a URL, as lines or as one text. */
export const urlLookups: Record<string, Lookup> = {
  url: lookup(OPTIONS.join(' '), (terms, options, caller) => {
    if (caller.host.ahead) throw new AheadError('a URL is only read when its task runs');
    const bodies = terms.map((term) => fetchText(termText(term), options, caller));
    return options.bool('split_lines', true) ? bodies.flatMap((body) => splitLines(body, false)) : bodies;
  }),
};
