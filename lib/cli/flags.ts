/** One option of the command line. `value` names its argument in the help; without it the option is a switch. */
export type Flag = {
  readonly names: readonly string[];
  readonly short?: string;
  readonly value?: string;
  readonly many?: boolean;
  readonly doc: string;
  readonly group:
    | 'What to run'
    | 'Inventory'
    | 'Variables and vaults'
    | 'Connection'
    | 'Privileges'
    | 'How to run'
    | 'Output';
};

/** The options of a run; names, short forms and meanings are ansible-playbook's wherever it has one. */
export const FLAGS = {
  inventory: {
    names: ['inventory', 'inventory-file'],
    short: 'i',
    value: 'INVENTORY',
    many: true,
    group: 'Inventory',
    doc: 'inventory file, folder, script, or host list with a comma; may be given several times',
  },
  limit: {
    names: ['limit', 'subset'],
    short: 'l',
    value: 'PATTERN',
    group: 'Inventory',
    doc: 'run only on hosts that match, for example web:!web3, db1, @retry.txt',
  },
  listHosts: { names: ['list-hosts'], group: 'Inventory', doc: 'print the hosts of each play; run nothing' },
  tags: {
    names: ['tags'],
    short: 't',
    value: 'TAGS',
    many: true,
    group: 'What to run',
    doc: 'run only tasks with these tags (a,b; also all, tagged, untagged)',
  },
  skipTags: {
    names: ['skip-tags'],
    value: 'TAGS',
    many: true,
    group: 'What to run',
    doc: 'leave out tasks with these tags',
  },
  startAtTask: {
    names: ['start-at-task'],
    value: 'NAME',
    group: 'What to run',
    doc: 'begin with the task of this name (globs allowed)',
  },
  step: { names: ['step'], group: 'What to run', doc: 'ask before each task' },
  syntaxCheck: {
    names: ['syntax-check'],
    group: 'What to run',
    doc: 'read and check everything; run nothing',
  },
  listTasks: {
    names: ['list-tasks'],
    group: 'What to run',
    doc: 'print the tasks that would run; run nothing',
  },
  listTags: { names: ['list-tags'], group: 'What to run', doc: 'print all tags; run nothing' },
  extraVars: {
    names: ['extra-vars'],
    short: 'e',
    value: 'VARS',
    many: true,
    group: 'Variables and vaults',
    doc: 'variables above all others: key=value, JSON or YAML, or @file',
  },
  vaultId: {
    names: ['vault-id'],
    value: 'ID@SOURCE',
    many: true,
    group: 'Variables and vaults',
    doc: 'vault id and where its password comes from (prompt or a file)',
  },
  vaultPasswordFile: {
    names: ['vault-password-file', 'vault-pass-file'],
    value: 'FILE',
    many: true,
    group: 'Variables and vaults',
    doc: 'file that holds (or, if executable, prints) the vault password',
  },
  askVaultPass: {
    names: ['ask-vault-pass', 'ask-vault-password'],
    short: 'J',
    group: 'Variables and vaults',
    doc: 'ask for the vault password',
  },
  user: { names: ['user'], short: 'u', value: 'USER', group: 'Connection', doc: 'log in as this user' },
  privateKey: {
    names: ['private-key', 'key-file'],
    value: 'FILE',
    group: 'Connection',
    doc: 'private key to log in with',
  },
  askPass: { names: ['ask-pass'], short: 'k', group: 'Connection', doc: 'ask for the login password' },
  connectionPasswordFile: {
    names: ['connection-password-file', 'conn-pass-file'],
    value: 'FILE',
    group: 'Connection',
    doc: 'file that holds the login password',
  },
  connection: {
    names: ['connection'],
    short: 'c',
    value: 'KIND',
    group: 'Connection',
    doc: 'ssh (default) or local',
  },
  timeout: {
    names: ['timeout'],
    short: 'T',
    value: 'SECONDS',
    group: 'Connection',
    doc: 'time limit for connecting (default 10)',
  },
  sshCommonArgs: {
    names: ['ssh-common-args'],
    value: 'ARGS',
    group: 'Connection',
    doc: 'options as for ssh, for example "-J bastion"',
  },
  sshExtraArgs: {
    names: ['ssh-extra-args'],
    value: 'ARGS',
    group: 'Connection',
    doc: 'further options as for ssh',
  },
  scpExtraArgs: {
    names: ['scp-extra-args'],
    value: 'ARGS',
    group: 'Connection',
    doc: 'accepted and not needed: files travel over the same connection',
  },
  sftpExtraArgs: {
    names: ['sftp-extra-args'],
    value: 'ARGS',
    group: 'Connection',
    doc: 'accepted and not needed',
  },
  hostKeyChecking: {
    names: ['host-key-checking'],
    value: 'MODE',
    group: 'Connection',
    doc: 'strict (default), accept-new, or off',
  },
  become: {
    names: ['become'],
    short: 'b',
    group: 'Privileges',
    doc: 'become another user on the nodes (root unless told)',
  },
  becomeMethod: {
    names: ['become-method'],
    value: 'METHOD',
    group: 'Privileges',
    doc: 'sudo (default), su, or doas',
  },
  becomeUser: { names: ['become-user'], value: 'USER', group: 'Privileges', doc: 'the user to become' },
  askBecomePass: {
    names: ['ask-become-pass'],
    short: 'K',
    group: 'Privileges',
    doc: 'ask for the become password',
  },
  becomePasswordFile: {
    names: ['become-password-file', 'become-pass-file'],
    value: 'FILE',
    group: 'Privileges',
    doc: 'file that holds the become password',
  },
  check: { names: ['check'], short: 'C', group: 'How to run', doc: 'change nothing; say what would change' },
  diff: {
    names: ['diff'],
    short: 'D',
    group: 'How to run',
    doc: 'show what changes in files, as unified diffs',
  },
  forks: {
    names: ['forks'],
    short: 'f',
    value: 'N',
    group: 'How to run',
    doc: 'how many hosts at a time (default 50)',
  },
  forceHandlers: {
    names: ['force-handlers'],
    group: 'How to run',
    doc: 'run notified handlers even on hosts where a task failed',
  },
  flushCache: { names: ['flush-cache'], group: 'How to run', doc: 'forget cached facts first' },
  modulePath: {
    names: ['module-path'],
    short: 'M',
    value: 'FOLDER',
    many: true,
    group: 'How to run',
    doc: 'further folders with TypeScript modules',
  },
  verbose: {
    names: ['verbose'],
    short: 'v',
    many: true,
    group: 'Output',
    doc: 'say more: -v results, -vv places, -vvv everything',
  },
  output: {
    names: ['output'],
    value: 'KIND',
    group: 'Output',
    doc: 'tree (default on a terminal), lines (default elsewhere), or json',
  },
  noColor: { names: ['no-color'], group: 'Output', doc: 'no colours' },
  debug: { names: ['debug'], group: 'Output', doc: 'stacks of errors' },
  version: { names: ['version'], group: 'Output', doc: 'print the version' },
  help: { names: ['help'], short: 'h', group: 'Output', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Flag>>;

/** Names of the options. */
export type FlagName = keyof typeof FLAGS;
