import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { RunOptions } from '../engine/options.js';
import { FfeError } from '../errors/error.js';
import { ask } from '../secrets/ask.js';
import { passwordFromFile, vaultSecrets } from '../secrets/password-source.js';
import { createRedactor, type Redactor } from '../secrets/redactor.js';
import { createVault, type Vault } from '../secrets/vault.js';
import { templates } from '../vars/layer.js';
import { extraVars } from './extra-vars.js';
import { knowingVault } from './knowing-vault.js';
import type { Given } from './parse-flags.js';
import { secretSources, vaultConfig } from './vault-sources.js';

/** What a command line and the environment come to. */
export type Settings = {
  readonly options: RunOptions;
  readonly vault: Vault;
  /** Knows every secret that was met so far. */
  readonly redactor: Redactor;
  readonly inventories: readonly string[];
  readonly rolesPath: readonly string[];
  readonly collectionsPath: readonly string[];
  readonly modulePath: readonly string[];
};

const CHECKING: Readonly<Record<string, 'strict' | 'accept-new' | 'off'>> = {
  strict: 'strict',
  yes: 'strict',
  true: 'strict',
  'accept-new': 'accept-new',
  off: 'off',
  no: 'off',
  false: 'off',
};

function checkingOf(given: Given): 'strict' | 'accept-new' | 'off' | undefined {
  const word = given.text('hostKeyChecking') ?? process.env.ANSIBLE_HOST_KEY_CHECKING?.toLowerCase();
  if (word === undefined || word === '') return undefined;
  const mode = CHECKING[word];
  if (mode) return mode;
  throw new FfeError('usage', `--host-key-checking is strict, accept-new or off, found '${word}'`);
}

function numberOf(given: Given, name: 'forks' | 'timeout', least: number): number | undefined {
  const text =
    given.text(name) ?? (name === 'forks' ? process.env.ANSIBLE_FORKS : process.env.ANSIBLE_TIMEOUT);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new FfeError('usage', `--${name} must be a whole number from ${least} on, found '${text}'`);
}

const splitList = (texts: readonly string[]): string[] =>
  texts
    .flatMap((t) => t.split(','))
    .map((t) => t.trim())
    .filter((t) => t !== '');

async function password(
  given: Given,
  asks: 'askPass' | 'askBecomePass',
  file: 'connectionPasswordFile' | 'becomePasswordFile',
  question: string,
): Promise<string | undefined> {
  const name = given.text(file);
  if (name !== undefined) return passwordFromFile(name, asks === 'askPass' ? 'login' : 'become');
  return given.on(asks) ? ask(question, true) : undefined;
}

async function step(task: string): Promise<'yes' | 'no' | 'continue'> {
  const answer = (await ask(`Perform task: TASK: ${task} (N)o/(y)es/(c)ontinue`, false)).trim().toLowerCase();
  if (answer === 'c' || answer === 'continue') return 'continue';
  return answer === 'y' || answer === 'yes' ? 'yes' : 'no';
}

async function optionsOf(given: Given, vault: Vault): Promise<RunOptions> {
  const loginPassword = await password(given, 'askPass', 'connectionPasswordFile', 'SSH password');
  const becomePassword = await password(given, 'askBecomePass', 'becomePasswordFile', 'BECOME password');
  const sshArgs = [given.text('sshCommonArgs'), given.text('sshExtraArgs')]
    .filter((a) => a !== undefined)
    .join(' ');
  return {
    check: given.on('check'),
    diff: given.on('diff'),
    verbosity: given.count('verbose'),
    forks: numberOf(given, 'forks', 1) ?? 50,
    limit: given.text('limit'),
    tags: splitList(given.texts('tags')),
    skipTags: splitList(given.texts('skipTags')),
    extraVars: templates('--extra-vars', extraVars(given.texts('extraVars'), vault.open)),
    startAtTask: given.text('startAtTask'),
    step: given.on('step') ? step : undefined,
    forceHandlers: given.on('forceHandlers') || isOn(process.env.ANSIBLE_FORCE_HANDLERS),
    flushCache: given.on('flushCache'),
    connection: {
      connection: given.text('connection'),
      user: given.text('user') ?? process.env.ANSIBLE_REMOTE_USER,
      privateKeyFile: given.text('privateKey') ?? process.env.ANSIBLE_PRIVATE_KEY_FILE,
      password: loginPassword,
      timeout: numberOf(given, 'timeout', 1),
      sshArgs: sshArgs === '' ? undefined : sshArgs,
      hostKeyChecking: checkingOf(given),
      askPassphrase: process.stderr.isTTY ? (file) => ask(`Passphrase for ${file}`, true) : undefined,
    },
    become: {
      become: given.on('become'),
      method: given.text('becomeMethod') ?? 'sudo',
      user: given.text('becomeUser') ?? 'root',
      password: becomePassword ?? (given.on('askBecomePass') ? loginPassword : undefined),
    },
    strategy: process.env.ANSIBLE_STRATEGY ?? 'linear',
    gathering: gathering(process.env.ANSIBLE_GATHERING),
    anyErrorsFatal: isOn(process.env.ANSIBLE_ANY_ERRORS_FATAL),
    prompt: process.stdin.isTTY || process.stderr.isTTY ? ask : undefined,
  };
}

function isOn(text: string | undefined): boolean {
  return text !== undefined && /^(1|true|yes|on|t|y)$/i.test(text);
}

/** Where Ansible looks for collections unless it is told. */
const COLLECTIONS = '~/.ansible/collections:/usr/share/ansible/collections';

function folders(text: string | undefined): string[] {
  return (text ?? '')
    .split(':')
    .filter((p) => p !== '')
    .map((p) => resolve(p.replace(/^~(?=\/|$)/, homedir())));
}

function gathering(text: string | undefined): RunOptions['gathering'] {
  return text === 'explicit' || text === 'smart' ? text : 'implicit';
}

/** Turns a command line into settings; asks for the passwords it wants asked for. */
export async function settingsOf(given: Given): Promise<Settings> {
  const redactor = createRedactor();
  const config = vaultConfig();
  const flags = {
    ids: given.texts('vaultId'),
    files: given.texts('vaultPasswordFile'),
    ask: given.on('askVaultPass'),
  };
  const sealed = createVault(await vaultSecrets(secretSources(flags, config)), config);
  const vault = knowingVault(sealed, redactor);
  const inventory = given.texts('inventory');
  const fallback = process.env.ANSIBLE_INVENTORY?.split(',') ?? [];
  return {
    options: await optionsOf(given, vault),
    vault,
    redactor,
    inventories: inventory.length > 0 ? inventory : fallback,
    rolesPath: folders(process.env.ANSIBLE_ROLES_PATH),
    collectionsPath: folders(
      process.env.ANSIBLE_COLLECTIONS_PATH ?? process.env.ANSIBLE_COLLECTIONS_PATHS ?? COLLECTIONS,
    ),
    modulePath: given.texts('modulePath').flatMap((p) => p.split(':')),
  };
}
