import { AheadError, type Caller, type Lookup, TemplateError } from '../library.js';
import { splitLines } from '../methods/splitting.js';
import { asDict, text } from '../read.js';
import { lookup, type Options, termText } from './options.js';
import { request } from './request.js';

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

function fetchText(url: string, options: Options, caller: Caller): string {
  const manual = /^(no|none|false)$/i.test(options.text('follow_redirects', 'urllib2'));
  const { status, reason, body } = request({
    url,
    headers: headersOf(options, caller),
    redirect: manual ? 'manual' : 'follow',
    timeout: Number(options.text('timeout', '10')) * 1000,
    verify: options.bool('validate_certs', true),
    ca: options.text('ca_path', ''),
  });
  if (status >= 300) throw new TemplateError(`${url} answered ${status} ${reason}`);
  return body.toString('utf8');
}

/** The lookup that reads a URL, as lines or as one text. */
export const urlLookups: Record<string, Lookup> = {
  url: lookup(OPTIONS.join(' '), (terms, options, caller) => {
    if (caller.host.ahead) throw new AheadError('a URL is only read when its task runs');
    const bodies = terms.map((term) => fetchText(termText(term), options, caller));
    return options.bool('split_lines', true) ? bodies.flatMap((body) => splitLines(body, false)) : bodies;
  }),
};
