import type { RunOptions } from '../engine/options.js';
import { FfeError } from '../errors/error.js';
import { ask, askLine } from '../secrets/ask.js';
import { passwordFromFile } from '../secrets/password-source.js';
import type { Vault } from '../secrets/vault.js';
import { templates } from '../vars/layer.js';
import type { Config } from './config/config.js';
import type { SettingName } from './config/table.js';
import { extraVars } from './extra-vars.js';
import type { FlagName } from './flags.js';
import { operatorAt } from './keyboard.js';
import type { Given } from './parse-flags.js';
import { OWN_NAME, programOf } from './programs.js';

type Checking = 'strict' | 'accept-new' | 'off';

const CHECKING: Readonly<Record<string, Checking>> = {
  strict: 'strict',
  yes: 'strict',
  true: 'strict',
  'accept-new': 'accept-new',
  off: 'off',
  no: 'off',
  false: 'off',
};

/** The variable knows a third word; the settings say yes or no. */
function checkingOf(given: Given, config: Config, env = process.env): Checking | undefined {
  const word = given.text('hostKeyChecking') ?? env.ANSIBLE_HOST_KEY_CHECKING?.toLowerCase();
  const mode = word === undefined || word === '' ? undefined : CHECKING[word];
  if (mode) return mode;
  if (given.text('hostKeyChecking') !== undefined)
    throw new FfeError('usage', `--host-key-checking is strict, accept-new or off, found '${word}'`);
  for (const name of ['SSH_HOST_KEY_CHECKING', 'HOST_KEY_CHECKING'] as const)
    if (config.given(name)) return config.on(name) ? 'strict' : 'off';
  return undefined;
}

function numberOf(given: Given, name: 'forks' | 'timeout', least: number): number | undefined {
  const text = given.text(name);
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

/** A list that the command line gives as a whole or not at all. */
function listOf(given: Given, flag: FlagName, config: Config, setting: SettingName): string[] {
  const own = given.texts(flag);
  return splitList(own.length > 0 ? own : config.texts(setting));
}

type Password = {
  readonly flag: 'askPass' | 'askBecomePass';
  readonly file: 'connectionPasswordFile' | 'becomePasswordFile';
  readonly asks: SettingName;
  readonly configured: SettingName;
  readonly what: 'login' | 'become';
};

const LOGIN: Password = {
  flag: 'askPass',
  file: 'connectionPasswordFile',
  asks: 'DEFAULT_ASK_PASS',
  configured: 'CONNECTION_PASSWORD_FILE',
  what: 'login',
};
const BECOME: Password = {
  flag: 'askBecomePass',
  file: 'becomePasswordFile',
  asks: 'DEFAULT_BECOME_ASK_PASS',
  configured: 'BECOME_PASSWORD_FILE',
  what: 'become',
};

const asked = (given: Given, config: Config, kind: Password): boolean =>
  given.on(kind.flag) || config.on(kind.asks);

async function passwordOf(
  given: Given,
  config: Config,
  kind: Password,
  question: string,
): Promise<string | undefined> {
  const name = given.text(kind.file);
  if (name !== undefined) return passwordFromFile(name, kind.what);
  if (asked(given, config, kind)) return ask(question, true);
  const configured = config.text(kind.configured);
  return configured === undefined ? undefined : passwordFromFile(configured, kind.what);
}

async function step(task: string): Promise<'yes' | 'no' | 'continue'> {
  const answer = (await ask(`Perform task: TASK: ${task} (N)o/(y)es/(c)ontinue`, false)).trim().toLowerCase();
  if (answer === 'c' || answer === 'continue') return 'continue';
  return answer === 'y' || answer === 'yes' ? 'yes' : 'no';
}

function sshArgs(given: Given, config: Config): string | undefined {
  const parts = [
    config.text('SSH_ARGS'),
    given.text('sshCommonArgs') ?? config.text('SSH_COMMON_ARGS'),
    given.text('sshExtraArgs') ?? config.text('SSH_EXTRA_ARGS'),
  ];
  return parts.filter((part) => part !== undefined).join(' ') || undefined;
}

function connectionOf(given: Given, config: Config, password: string | undefined): RunOptions['connection'] {
  const configured = config.text('DEFAULT_TRANSPORT');
  return {
    connection: given.text('connection') ?? (configured === 'smart' ? undefined : configured),
    user: given.text('user') ?? config.text('DEFAULT_REMOTE_USER'),
    port: config.number('DEFAULT_REMOTE_PORT'),
    privateKeyFile: given.text('privateKey') ?? config.text('DEFAULT_PRIVATE_KEY_FILE'),
    password,
    timeout:
      numberOf(given, 'timeout', 1) ?? config.number('SSH_TIMEOUT') ?? config.number('DEFAULT_TIMEOUT'),
    sshArgs: sshArgs(given, config),
    hostKeyChecking: checkingOf(given, config),
    askPassphrase: process.stderr.isTTY ? (file) => ask(`Passphrase for ${file}`, true) : undefined,
  };
}

function becomeOf(given: Given, config: Config, password: string | undefined): RunOptions['become'] {
  const method = given.text('becomeMethod') ?? config.text('DEFAULT_BECOME_METHOD') ?? 'sudo';
  const plugin = method === 'su' ? 'SU' : 'SUDO';
  const own = config.text(`${plugin}_USER`) ?? config.text('DEFAULT_BECOME_USER');
  return {
    become: given.on('become') || config.on('DEFAULT_BECOME'),
    method,
    user: given.text('becomeUser') ?? own ?? 'root',
    exe: config.text(`${plugin}_EXE`) ?? config.text('DEFAULT_BECOME_EXE'),
    flags: config.text(`${plugin}_FLAGS`) ?? config.text('DEFAULT_BECOME_FLAGS'),
    sameUser: config.on('BECOME_ALLOW_SAME_USER'),
    password: password ?? config.text(`${plugin}_PASS`) ?? config.text('BECOME_PASS'),
  };
}

/** What a command line, the environment and the configuration file come to for a run; asks for passwords. */
export async function runOptions(given: Given, config: Config, vault: Vault): Promise<RunOptions> {
  const login = await passwordOf(given, config, LOGIN, 'SSH password');
  const same = asked(given, config, BECOME) ? login : undefined;
  const hint = same === undefined ? 'BECOME password' : 'BECOME password[defaults to SSH password]';
  const become = await passwordOf(given, config, BECOME, hint);
  const gathering = config.text('DEFAULT_GATHERING');
  const asAnsible = programOf(process.argv[1]).name !== OWN_NAME;
  return {
    check: given.on('check'),
    diff: given.on('diff') || config.on('DIFF_ALWAYS'),
    verbosity: given.count('verbose') || (config.number('DEFAULT_VERBOSITY') ?? 0),
    forks: numberOf(given, 'forks', 1) ?? config.number('DEFAULT_FORKS') ?? 50,
    limit: given.text('limit'),
    configFile: config.file,
    tags: listOf(given, 'tags', config, 'TAGS_RUN'),
    skipTags: listOf(given, 'skipTags', config, 'TAGS_SKIP'),
    extraVars: templates('--extra-vars', extraVars(given.texts('extraVars'), vault.open), {
      level: 'extra vars',
    }),
    startAtTask: given.text('startAtTask'),
    step: given.on('step') ? step : undefined,
    forceHandlers: given.on('forceHandlers') || config.on('DEFAULT_FORCE_HANDLERS'),
    flushCache: given.on('flushCache'),
    connection: connectionOf(given, config, login),
    become: becomeOf(given, config, become === '' ? same : become),
    strategy: config.text('DEFAULT_STRATEGY') ?? 'linear',
    gathering: gathering === 'explicit' || gathering === 'smart' ? gathering : 'implicit',
    anyErrorsFatal: config.on('ANY_ERRORS_FATAL'),
    prompt: process.stdin.isTTY || process.stderr.isTTY ? ask : undefined,
    operator: operatorAt(),
    missingHandlers: config.on('ERROR_ON_MISSING_HANDLER') ? 'error' : 'warn',
    revealPrompts: asAnsible,
    foresight: !asAnsible,
    command: (prompt) => askLine(prompt),
    debugger: config.on('ENABLE_TASK_DEBUGGER'),
    debuggerIgnores: config.on('TASK_DEBUGGER_IGNORE_ERRORS'),
  };
}
