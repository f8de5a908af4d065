import { existsSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FfeError } from '../errors/error.js';
import { statOf } from '../values/stat.js';
import { execVerb } from './exec.js';
import { type Io, processIo } from './io.js';
import { type Option, parseOptions } from './parse-flags.js';
import { play } from './play.js';
import { handedOn, PASSED, PULL_OPTIONS, type PullGiven } from './pull/options.js';
import { playbooksIn } from './pull/playbooks.js';
import { fullName, localPattern } from './pull/this-machine.js';
import { optionLines } from './view/options.js';

const HEAD = `Fetches a git repository and runs its playbook on this machine; as ansible-pull does.

usage: ffe-provision pull -U URL [options] [PLAYBOOK ...]

The playbook is HOST.yml or local.yml unless one is named.
`;

/** A pull: where to, this machine's full name, and what was asked for. */
type Pull = { readonly given: PullGiven; readonly folder: string; readonly host: string; readonly io: Io };

function folderOf(given: PullGiven, host: string): string {
  const named = given.text('directory')?.replace(/^~(?=\/|$)/, homedir());
  const folder = resolve(
    named ?? join(process.env.ANSIBLE_HOME ?? join(homedir(), '.ansible'), 'pull', host),
  );
  if (statOf(folder)?.isDirectory() === false)
    throw new FfeError('usage', `${folder} is not a valid or accessible directory.`);
  return folder;
}

function urlOf(given: PullGiven): string {
  const url = given.text('url');
  if (url === undefined)
    throw new FfeError('usage', 'URL for repository not specified', { hint: 'ffe-provision pull -U URL' });
  const module = given.text('moduleName') ?? 'git';
  if (/^(?:ansible\.(?:builtin|legacy)\.)?git$/.test(module)) return url;
  throw new FfeError('usage', `Unsupported repo module ${module}, choices are git`);
}

/** Those sources that can be read from where we stand: some may come with the repository only. */
function sources(given: PullGiven): string[] {
  return given
    .texts('inventory')
    .filter((source) => source.includes(',') || existsSync(source))
    .map((source) => `--inventory=${source}`);
}

function gitArguments(given: PullGiven, url: string, folder: string): string {
  const on = (name: keyof typeof PULL_OPTIONS): true | undefined => given.on(name) || undefined;
  return JSON.stringify({
    repo: url,
    dest: folder,
    version: given.text('checkout'),
    key_file: given.text('privateKey'),
    accept_hostkey: on('acceptHostKey'),
    verify_commit: on('verifyCommit'),
    track_submodules: on('trackSubmodules'),
    force: on('clean'),
    depth: given.on('full') ? undefined : 1,
  });
}

const LOCALLY = '--connection=local';

/** Brings the checkout up to date; answers the exit code, and whether anything changed. */
async function update(
  { given, folder, host, io }: Pull,
  url: string,
): Promise<{ code: number; changed: boolean }> {
  const said: string[] = [];
  const out = (text: string): void => {
    said.push(text);
    io.out(text);
  };
  const found = sources(given);
  const words = [
    'all',
    ...(found.length > 0 ? found : ['--inventory=localhost,']),
    LOCALLY,
    ...['-m', 'git', '-a', gitArguments(given, url, folder)],
    `--limit=${localPattern(host)}`,
    ...handedOn(given, ['extraVars', 'verbose']),
  ];
  const code = await execVerb(words, { ...io, out });
  return { code, changed: said.join('').includes('"changed": true') };
}

async function run({ given, folder, host, io }: Pull): Promise<number> {
  const names = Object.keys(PASSED) as (keyof typeof PASSED)[];
  const limit = given.text('limit') === undefined ? [`--limit=${localPattern(host)}`] : [];
  const playbooks = playbooksIn(folder, given.words, host);
  process.chdir(folder);
  const listing = given.on('listHosts') ? ['--list-hosts'] : [];
  return play(
    [LOCALLY, ...playbooks, ...limit, ...handedOn(given, names), ...listing, ...sources(given)],
    io,
  );
}

/** Waits for a random number of seconds up to the one given, so that many machines do not ask at once. */
async function nap(given: PullGiven, io: Io): Promise<void> {
  const most = given.text('sleep');
  if (most === undefined) return;
  if (!/^\d+$/.test(most)) throw new FfeError('usage', `${most} is not a number.`);
  const seconds = Math.floor(Math.random() * (Number(most) + 1));
  io.out(`Sleeping for ${seconds} seconds...\n`);
  await pause(seconds * 1000);
}

async function pull(given: PullGiven, io: Io): Promise<number> {
  const host = await fullName();
  const job: Pull = { given, folder: folderOf(given, host), host, io };
  const url = urlOf(given);
  io.out(`Starting Ansible Pull at ${new Date().toISOString().slice(0, 19).replace('T', ' ')}\n`);
  await nap(given, io);
  const { code, changed } = await update(job, url);
  if (code !== 0 && !given.on('force')) return code;
  if (code !== 0)
    io.err('[WARNING]: Unable to update repository. Continuing with (forced) run of playbook.\n');
  else if (given.on('onlyIfChanged') && !changed) {
    io.out('Repository has not changed, quitting.\n');
    return 0;
  }
  try {
    return await run(job);
  } finally {
    if (given.on('purge')) {
      process.chdir('/');
      rmSync(job.folder, { recursive: true, force: true });
    }
  }
}

/** The verb `pull`, and the program ansible-pull: a repository's playbook on this machine. Answers the exit code. */
export async function pullVerb(args: readonly string[], io: Io = processIo()): Promise<number> {
  const given = parseOptions(PULL_OPTIONS, args, 'ffe-provision pull');
  // What a timer starts is read in a log: Ansible's lines, on a terminal too.
  if (!given.on('help')) return pull(given, { ...io, columns: undefined });
  io.out(`${HEAD}\nOptions:\n${optionLines(PULL_OPTIONS as Readonly<Record<string, Option>>)}\n`);
  return 0;
}
