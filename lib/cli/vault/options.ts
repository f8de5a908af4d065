import type { Given, Option } from '../parse-flags.js';

/** The options of `ffe-provision vault`: ansible-vault's. */
export const OPTIONS = {
  vaultId: {
    names: ['vault-id'],
    value: 'ID@SOURCE',
    many: true,
    doc: 'vault id and where its password comes from (prompt, a file or a program)',
  },
  vaultPasswordFile: {
    names: ['vault-password-file', 'vault-pass-file'],
    value: 'FILE',
    many: true,
    doc: 'file that holds (or, if executable, prints) the vault password',
  },
  askVaultPass: {
    names: ['ask-vault-pass', 'ask-vault-password'],
    short: 'J',
    doc: 'ask for the vault password',
  },
  encryptVaultId: {
    names: ['encrypt-vault-id'],
    value: 'ID',
    doc: 'the vault id to seal with (needed when several are given)',
  },
  output: { names: ['output'], value: 'FILE', doc: 'where the result goes; - for standard output' },
  newVaultId: { names: ['new-vault-id'], value: 'ID@SOURCE', doc: 'the vault id to seal with from now on' },
  newVaultPasswordFile: {
    names: ['new-vault-password-file'],
    value: 'FILE',
    doc: 'file that holds the new vault password',
  },
  prompt: { names: ['prompt'], short: 'p', doc: 'ask for the text' },
  showInput: { names: ['show-input'], doc: 'show the text while it is typed' },
  name: { names: ['name'], short: 'n', value: 'NAME', many: true, doc: "the variable's name" },
  stdinName: {
    names: ['stdin-name'],
    value: 'NAME',
    doc: "the variable's name for the text on standard input",
  },
  verbose: { names: ['verbose'], short: 'v', many: true, doc: 'accepted: there is no more to say' },
  debug: { names: ['debug'], doc: 'stacks of errors' },
  help: { names: ['help'], short: 'h', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Option>>;

/** Names of the options. */
export type OptionName = keyof typeof OPTIONS;
/** What the command line of the verb gave. */
export type VaultGiven = Given<OptionName>;

const SECRETS: readonly OptionName[] = ['vaultId', 'vaultPasswordFile', 'askVaultPass'];
const ANY: readonly OptionName[] = [...SECRETS, 'verbose', 'debug', 'help'];

/** What each action takes, and what it does. */
export const ACTIONS = {
  create: { takes: ['encryptVaultId'], doc: 'make a new sealed file in an editor' },
  decrypt: { takes: ['output'], doc: 'open files for good' },
  edit: { takes: ['encryptVaultId'], doc: 'change a sealed file in $EDITOR' },
  view: { takes: [], doc: 'show what is in sealed files' },
  encrypt: { takes: ['output', 'encryptVaultId'], doc: 'seal files' },
  'encrypt-string': {
    takes: ['output', 'encryptVaultId', 'prompt', 'showInput', 'name', 'stdinName'],
    doc: 'seal texts as values for a YAML file',
  },
  rekey: {
    takes: ['encryptVaultId', 'newVaultId', 'newVaultPasswordFile'],
    doc: 'seal files with another password',
  },
} as const satisfies Readonly<Record<string, { takes: readonly OptionName[]; doc: string }>>;

/** What can be done with vaults. */
export type ActionName = keyof typeof ACTIONS;

/** The options of one action. */
export function optionsOf(action: ActionName): Readonly<Record<string, Option>> {
  const names: readonly OptionName[] = [...ANY, ...ACTIONS[action].takes];
  return Object.fromEntries(names.map((name) => [name, OPTIONS[name]]));
}

function row({ names, short, value, doc }: Option): string {
  const long = `--${names[0]}${value ? ` ${value}` : ''}`;
  return `  ${`${short ? `-${short}, ` : '    '}${long}`.padEnd(34)} ${doc}`;
}

/** The text of --help, of all actions or of one. */
export function helpText(command: string, action?: ActionName): string {
  if (action)
    return `usage: ${command} ${action} [options] [FILE ...]\n\n${ACTIONS[action].doc}\n\nOptions:\n${Object.values(optionsOf(action)).map(row).join('\n')}\n`;
  const lines = Object.entries(ACTIONS).map(([name, { doc }]) => `  ${name.padEnd(16)} ${doc}`);
  return `usage: ${command} ACTION [options] [FILE ...]\n\nActions:\n${lines.join('\n')}\n\nOptions: ${command} ACTION --help\n`;
}
