import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FfeError } from '../../errors/error.js';
import {
  fingerprint,
  judge,
  type KnownKey,
  keyType,
  knownLine,
  knownName,
  namesMatch,
  parseKnownHosts,
} from './known-hosts.js';
import type { Endpoint } from './resolve.js';

/** The known keys of all files of one run, each file read once. */
export type KnownHosts = {
  keys(files: readonly string[]): Promise<KnownKey[]>;
  /** Adds a key to a file, and to what was read from it. */
  add(file: string, line: string): Promise<void>;
};

/** Nothing is read before it is asked for. */
export function createKnownHosts(): KnownHosts {
  const read = new Map<string, Promise<KnownKey[]>>();
  const load = (file: string) => {
    const keys =
      read.get(file) ??
      readFile(file, 'utf8').then(
        (text) => parseKnownHosts(text, file),
        () => [],
      );
    read.set(file, keys);
    return keys;
  };
  return {
    keys: async (files) => (await Promise.all(files.map(load))).flat(),
    add: async (file, line) => {
      (await load(file)).push(...parseKnownHosts(line, file));
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await appendFile(file, line, { mode: 0o600 });
    },
  };
}

/** Decides about the key that a host shows. `refusal` says why it was refused. */
export type HostVerifier = {
  readonly verify: (key: Buffer, decide: (good: boolean) => void) => void;
  readonly refusal: () => FfeError | undefined;
  /** Types of the keys that are known for this host: they are to be asked for first. */
  readonly types: readonly string[];
};

/** The verifier for one endpoint, by its mode of checking. */
export async function hostVerifier(endpoint: Endpoint, known: KnownHosts): Promise<HostVerifier> {
  const name = knownName(endpoint.hostKeyAlias ?? endpoint.host, endpoint.port);
  const keys = endpoint.hostKeyChecking === 'off' ? [] : await known.keys(endpoint.knownHostsFiles);
  const mine = keys.filter((one) => !one.revoked && namesMatch(one.names, name));
  let refusal: FfeError | undefined;
  const check = async (key: Buffer): Promise<FfeError | undefined> => {
    if (endpoint.hostKeyChecking === 'off') return undefined;
    const verdict = judge(keys, name, key);
    if (verdict.kind === 'known') return undefined;
    if (verdict.kind === 'changed') return changed(endpoint, key, verdict.old);
    if (verdict.kind === 'revoked') return revoked(endpoint, key, verdict.old);
    if (endpoint.hostKeyChecking === 'strict') return unknown(endpoint, key);
    const file = endpoint.knownHostsFiles[0];
    if (file !== undefined) await known.add(file, knownLine(name, key, endpoint.hashKnownHosts));
    return undefined;
  };
  return {
    verify: (key, decide) => {
      check(key)
        .catch((cause: Error) => new FfeError('host-key', `${endpoint.name}: ${cause.message}`, { cause }))
        .then((error) => {
          refusal = error;
          decide(error === undefined);
        });
    },
    refusal: () => refusal,
    types: [...new Set(mine.map((one) => one.type))],
  };
}

const shown = (key: Buffer) => `${keyType(key)} ${fingerprint(key)}`;

function changed(endpoint: Endpoint, key: Buffer, old: KnownKey): FfeError {
  const name = knownName(endpoint.hostKeyAlias ?? endpoint.host, endpoint.port);
  return new FfeError('host-key', `${endpoint.name}: the host key has changed: someone may be in between`, {
    notes: [`expected ${shown(old.key)} (${old.place})`, `found    ${shown(key)}`],
    hint: `if the host was reinstalled: ssh-keygen -f ${old.place.replace(/:\d+$/, '')} -R '${name}'`,
  });
}

function revoked(endpoint: Endpoint, key: Buffer, old: KnownKey): FfeError {
  return new FfeError('host-key', `${endpoint.name}: the host key is revoked`, {
    notes: [`found ${shown(key)} (revoked by ${old.place})`],
  });
}

function unknown(endpoint: Endpoint, key: Buffer): FfeError {
  const port = endpoint.port === 22 ? '' : `-p ${endpoint.port} `;
  const file = endpoint.knownHostsFiles[0] ?? '~/.ssh/known_hosts';
  return new FfeError('host-key', `${endpoint.name}: the host key is not known`, {
    notes: [`found ${shown(key)}, looked in ${endpoint.knownHostsFiles.join(', ')}`],
    hint: `compare the fingerprint, then: ssh-keyscan ${port}${endpoint.host} >> ${file} (or use accept-new)`,
  });
}
