import type { Duplex } from 'node:stream';
import { NodeSSH } from 'node-ssh';
import type { Client } from 'ssh2';
import { algorithms } from './algorithms.js';
import { type Auth, prepareAuth } from './auth.js';
import { connectFailure, timeoutFailure } from './failure.js';
import { hostVerifier, type KnownHosts } from './host-key.js';
import type { KeyRing } from './keys.js';
import type { Endpoint } from './resolve.js';

/** Gets the byte stream to an endpoint's sshd; `signal` gives up. */
export type Dial = (endpoint: Endpoint, signal: AbortSignal) => Promise<Duplex>;

/** What all connections of a run share. */
export type Identity = { readonly ring: KeyRing; readonly known: KnownHosts };

/**
 * Connects and logs in through node-ssh. Rejects with code 'unreachable', 'host-key' or 'auth'. The time in which the
 * operator is asked for something does not count towards the timeout.
 */
export async function login(endpoint: Endpoint, identity: Identity, dial: Dial): Promise<Client> {
  const abort = new AbortController();
  const clock = countdown(endpoint.timeout, () => abort.abort());
  let stage = 'connecting';
  let auth: Auth | undefined;
  let refusal: () => Error | undefined = () => undefined;
  const dialing = dial(endpoint, abort.signal);
  try {
    const [stream, verifier, ways] = await Promise.all([
      dialing,
      hostVerifier(endpoint, identity.known),
      prepareAuth(endpoint, identity.ring, clock.pause),
    ]);
    [auth, refusal] = [ways, verifier.refusal];
    stage = 'logging in';
    const ssh = new NodeSSH();
    const connecting = ssh.connect({
      username: endpoint.user,
      sock: stream,
      readyTimeout: 0,
      keepaliveInterval: endpoint.keepalive.interval * 1000,
      keepaliveCountMax: endpoint.keepalive.count,
      hostVerifier: verifier.verify,
      authHandler: ways.next as never,
      algorithms: algorithms(verifier.types),
    });
    await Promise.race([connecting, aborted(abort.signal)]);
    return ssh.connection!;
  } catch (error) {
    dialing.then((stream) => stream.destroy()).catch(() => {});
    if (abort.signal.aborted) throw timeoutFailure(endpoint, stage);
    throw connectFailure(endpoint, refusal() ?? error, auth?.tried() ?? []);
  } finally {
    clock.stop();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timed out')), { once: true });
  });
}

function countdown(seconds: number, over: () => void) {
  let left = seconds * 1000;
  let since = Date.now();
  let timer = setTimeout(over, left);
  return {
    stop: () => clearTimeout(timer),
    pause: (on: boolean) => {
      clearTimeout(timer);
      if (on) left -= Date.now() - since;
      else [since, timer] = [Date.now(), setTimeout(over, Math.max(left, 0))];
    },
  };
}
