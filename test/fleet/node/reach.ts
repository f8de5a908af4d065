import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FfeError } from '../../../lib/errors/error.js';
import { type Lab, nodeNamed } from '../../../lib/lab/index.js';
import type { Become } from '../../../lib/node/become.js';
import { connect, createWallet } from '../../../lib/node/connect.js';
import type { Connection } from '../../../lib/node/connection.js';
import type { AskPassphrase, Target } from '../../../lib/node/target.js';

/** A target for a node of a lab: root by the lab's key, the lab's host keys, nothing of the machine's own settings. */
export function targetOf(lab: Lab, name: string, over: Partial<Target> = {}): Target {
  return {
    name,
    connection: 'ssh',
    host: nodeNamed(lab, name).address,
    user: 'root',
    identityFiles: [lab.keyFile],
    knownHostsFiles: [lab.knownHosts],
    hostKeyChecking: 'strict',
    sshArgs: '-F /dev/null -o IdentityAgent=none -o GlobalKnownHostsFile=/dev/null',
    ...over,
  };
}

/** Arguments that keep the machine's own ssh settings out, with more. */
export const plainArgs = (more = '') =>
  `-F /dev/null -o IdentityAgent=none -o GlobalKnownHostsFile=/dev/null ${more}`;

/** Connects, works, and closes whatever happens. */
export async function withNode<T>(
  target: Target,
  work: (node: Connection) => Promise<T>,
  ask?: AskPassphrase,
): Promise<T> {
  const node = await connect(target, { wallet: createWallet(ask) });
  try {
    return await work(node);
  } finally {
    await node.close();
  }
}

/** The error that a promise rejects with; fails when it does not, or with another kind of error. */
export async function failure(work: Promise<unknown>): Promise<FfeError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FfeError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

/** Output of a line of sh that ran as somebody. */
export async function say(node: Connection, line: string, as?: Become): Promise<string> {
  const reply = await (await node.shell(as)).run({ text: line });
  return reply.stdout.toString();
}

/** The password of the lab's `operator`. */
export const operatorPassword = (lab: Lab) => readFileSync(lab.passwordFile, 'utf8').trim();

/** Gives a folder that is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-wire-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A copy of the lab's private key that ssh-keygen may change. */
export function keyCopy(lab: Lab, folder: string): string {
  const file = join(folder, 'key');
  copyFileSync(lab.keyFile, file);
  chmodSync(file, 0o600);
  return file;
}
