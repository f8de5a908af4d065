import { FfeError } from '../../errors/error.js';
import type { Endpoint } from './resolve.js';

type Failure = Error & { code?: string; level?: string };

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'connection timed out',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name server does not answer',
  EPIPE: 'the connection was lost',
};

/** Where an endpoint is, in words: the inventory's name, then address and port. */
export function placeOf(endpoint: Endpoint): string {
  const address = `${endpoint.host}:${endpoint.port}`;
  return endpoint.name === endpoint.host && endpoint.port === 22
    ? endpoint.name
    : `${endpoint.name} (${address})`;
}

/** Turns what went wrong while connecting into an error with code 'unreachable' or 'auth'. */
export function connectFailure(endpoint: Endpoint, cause: unknown, tried: readonly string[]): FfeError {
  if (cause instanceof FfeError) return cause;
  const failure = cause as Failure;
  const place = placeOf(endpoint);
  if (failure.level === 'client-authentication' || /authentication fail/i.test(failure.message)) {
    const ways = tried.length === 0 ? 'nothing: no key, agent or password' : tried.join(', ');
    return new FfeError('auth', `${place}: login as ${endpoint.user} was refused`, {
      notes: [`tried ${ways}`],
      hint: 'set ansible_user, ansible_ssh_private_key_file or ansible_password, or use ssh-agent',
      cause,
    });
  }
  const code = firstCode(failure);
  const why = (code && NETWORK[code]) ?? lower(failure.message || 'the connection failed');
  return new FfeError('unreachable', `${place}: ${why}`, { cause });
}

// A name with several addresses fails with one error per address.
function firstCode(failure: Failure): string | undefined {
  const inner = failure instanceof AggregateError ? (failure.errors[0] as Failure | undefined) : undefined;
  return failure.code ?? inner?.code;
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The error for a connection that took too long; `stage` is what it was doing. */
export function timeoutFailure(endpoint: Endpoint, stage: string): FfeError {
  return new FfeError('unreachable', `${placeOf(endpoint)}: timed out after ${endpoint.timeout} s ${stage}`, {
    hint: 'raise it with ansible_timeout or --timeout',
  });
}

/** The error for a connection that was open and is no more. */
export function lostFailure(endpoint: Endpoint, cause: unknown): FfeError {
  const why = cause instanceof Error && cause.message !== '' ? ` (${lower(cause.message)})` : '';
  return new FfeError('unreachable', `${placeOf(endpoint)}: the connection was lost${why}`, { cause });
}
