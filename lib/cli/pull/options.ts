import { FLAGS } from '../flags.js';
import type { Given, Option } from '../parse-flags.js';

const { inventory, limit, listHosts, tags, skipTags, extraVars, vaultId, vaultPasswordFile, askVaultPass } =
  FLAGS;
const { askBecomePass, becomePasswordFile, modulePath, verbose, privateKey } = FLAGS;

/** The options that the run of the playbook gets as they were given. */
export const PASSED = {
  limit,
  tags,
  skipTags,
  extraVars,
  vaultId,
  vaultPasswordFile,
  askVaultPass,
  askBecomePass,
  becomePasswordFile,
  modulePath,
  check: { names: ['check'], doc: FLAGS.check.doc },
  diff: { names: ['diff'], doc: FLAGS.diff.doc },
  verbose,
} as const satisfies Readonly<Record<string, Option>>;

/** Options of ansible-pull that mean nothing to a run on this machine. */
const ACCEPTED = {
  user: FLAGS.user,
  connection: FLAGS.connection,
  timeout: FLAGS.timeout,
  askPass: FLAGS.askPass,
  connectionPasswordFile: FLAGS.connectionPasswordFile,
  sshCommonArgs: FLAGS.sshCommonArgs,
  sshExtraArgs: FLAGS.sshExtraArgs,
  scpExtraArgs: FLAGS.scpExtraArgs,
  sftpExtraArgs: FLAGS.sftpExtraArgs,
} as const satisfies Readonly<Record<string, Option>>;

/** The options of the verb `pull`; names and short forms are ansible-pull's. */
export const PULL_OPTIONS = {
  url: { names: ['url'], short: 'U', value: 'URL', doc: 'the git repository with the playbooks' },
  checkout: {
    names: ['checkout'],
    short: 'C',
    value: 'REV',
    doc: 'branch, tag or commit (default: its HEAD)',
  },
  directory: {
    names: ['directory'],
    short: 'd',
    value: 'FOLDER',
    doc: 'where the repository goes (default ~/.ansible/pull/HOST)',
  },
  onlyIfChanged: { names: ['only-if-changed'], short: 'o', doc: 'run only when the repository has changed' },
  force: { names: ['force'], short: 'f', doc: 'run even if the repository could not be updated' },
  purge: { names: ['purge'], doc: 'remove the repository afterwards' },
  clean: { names: ['clean'], doc: 'discard local changes in the repository' },
  full: { names: ['full'], doc: 'the whole history, not only the newest commit' },
  verifyCommit: { names: ['verify-commit'], doc: 'the commit must have a good signature' },
  trackSubmodules: { names: ['track-subs'], doc: 'submodules follow their own branches' },
  acceptHostKey: { names: ['accept-host-key'], doc: "accept the repository host's unknown key" },
  moduleName: { names: ['module-name'], short: 'm', value: 'MODULE', doc: 'git' },
  sleep: {
    names: ['sleep'],
    short: 's',
    value: 'SECONDS',
    doc: 'begin after a random time, so long at most',
  },
  privateKey: { ...privateKey, doc: 'private key for the repository' },
  inventory,
  listHosts,
  ...PASSED,
  ...ACCEPTED,
  debug: FLAGS.debug,
  help: FLAGS.help,
} as const satisfies Readonly<Record<string, Option>>;

/** What `pull` was given. */
export type PullGiven = Given<keyof typeof PULL_OPTIONS>;

/** The words that hand options on to another command line. */
export function handedOn(given: PullGiven, names: readonly (keyof typeof PASSED)[]): string[] {
  return names.flatMap((name) => {
    const option: Option = PASSED[name];
    const word = `--${option.names[0]}`;
    if (option.value !== undefined) return given.texts(name).map((text) => `${word}=${text}`);
    return Array.from({ length: given.count(name) }, () => word);
  });
}
