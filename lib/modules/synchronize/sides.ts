import { homedir } from 'node:os';
import type { Party, RunInfo } from '../module.js';
import { step } from '../steps.js';
import type { SyncArgs } from './sync-args.js';

/** Where rsync runs, and the machine at the other end; without one both paths are where it runs. */
export type Sides = { readonly near: Party; readonly far?: Party };

/**
 * As Ansible's action decides it: rsync runs on the controller, or where the task is delegated to, as the login user;
 * the task's become holds for the host itself.
 */
export async function sidesOf(info: RunInfo, a: SyncArgs): Promise<Sides> {
  const own = await info.party('own', {
    port: a.dest_port,
    privateKeyFile: a.private_key,
    ...(a.set_remote_user ? {} : { user: null }),
  });
  const { delegate } = info;
  const itself =
    delegate === undefined ? own.local : [info.host, info.variable('ansible_host')].includes(delegate);
  if (itself) return { near: own };
  const far = a.rsync_path === undefined ? own : { ...own, become: undefined };
  const there = delegate === undefined ? undefined : await info.party('task');
  if (there && !there.local) return { near: { ...there, become: undefined }, far };
  return { near: await info.party('controller'), far };
}

async function home(info: RunInfo, near: Party): Promise<string> {
  if (near.local && near.become === undefined) return homedir();
  const { environment, signal } = info;
  return (await step({ ...near, environment, signal }, ['sh', '-c', 'printf %s "$HOME"'])).out;
}

/** A path where rsync runs: relative ones are looked for as files of the play are. */
export async function nearPath(info: RunInfo, near: Party, path: string): Promise<string> {
  if (/^~(?=\/|$)/.test(path)) return (await home(info, near)) + path.slice(1);
  if (path.includes(':') || path.startsWith('/')) return path;
  const found = await info.source({ kind: 'path-source', src: path });
  const full = found.kind === 'path-source' ? found.path : path;
  return path.endsWith('/') && !full.endsWith('/') ? `${full}/` : full;
}
