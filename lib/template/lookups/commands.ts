import { spawnSync } from 'node:child_process';
import { AheadError, type HostFiles, type Lookup, TemplateError } from '../library.js';
import { splitLines } from '../methods/splitting.js';
import { text } from '../read.js';
import { lookup, termText } from './options.js';

const LARGEST_OUTPUT = 256 * 1024 * 1024;

function run(command: string, host: HostFiles): string {
  if (host.ahead) throw new AheadError('a command runs only when its task does');
  const done = spawnSync('/bin/sh', ['-c', command], {
    cwd: host.baseDir,
    encoding: 'utf8',
    maxBuffer: LARGEST_OUTPUT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.error)
    throw new TemplateError(`the command '${command}' could not be started: ${done.error.message}`);
  if (done.status === 0) return done.stdout;
  const said = done.stderr.trim();
  throw new TemplateError(
    `the command '${command}' ended with ${done.status ?? done.signal}${said ? `: ${said}` : ''}`,
  );
}

const env = lookup('default', (terms, options) =>
  terms.map((term) => process.env[termText(term).trim().split(/\s+/)[0]!] ?? options.get('default') ?? ''),
);

/** Lookups of what commands and the environment say. */
export const commandLookups: Record<string, Lookup> = {
  pipe: lookup('', (terms, _options, { host }) => terms.map((term) => run(text(term), host).trimEnd())),
  lines: lookup('', (terms, _options, { host }) =>
    terms.flatMap((term) => splitLines(run(text(term), host), false)),
  ),
  env,
};
