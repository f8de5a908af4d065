import { FLAGS, type FlagName } from '../flags.js';
import type { Given, Option } from '../parse-flags.js';

/** The options that verbs which only look at variables share with a run. */
export const VIEW_OPTIONS = {
  inventory: FLAGS.inventory,
  limit: FLAGS.limit,
  extraVars: FLAGS.extraVars,
  vaultId: FLAGS.vaultId,
  vaultPasswordFile: FLAGS.vaultPasswordFile,
  askVaultPass: FLAGS.askVaultPass,
  flushCache: FLAGS.flushCache,
  verbose: FLAGS.verbose,
  debug: { names: ['debug'], doc: 'stacks of errors' },
  playbookDir: {
    names: ['playbook-dir'],
    value: 'DIR',
    doc: 'the folder whose group_vars and host_vars count as beside the playbook (default: this one)',
  },
  help: { names: ['help'], short: 'h', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Option>>;

/** What a verb was given, as a run would have been given it: options that the verb does not have are not given. */
export function asRun(given: Given<string>, options: Readonly<Record<string, Option>>): Given {
  const known = (name: FlagName): boolean => Object.hasOwn(options, name);
  return {
    words: given.words,
    text: (name) => (known(name) ? given.text(name) : undefined),
    texts: (name) => (known(name) ? given.texts(name) : []),
    on: (name) => known(name) && given.on(name),
    count: (name) => (known(name) ? given.count(name) : 0),
  };
}

/** The lines of --help for a table of options. */
export function optionLines(options: Readonly<Record<string, Option>>): string {
  return Object.values(options)
    .map(({ names, short, value, doc }) => {
      const long = `--${names[0]}${value ? ` ${value}` : ''}`;
      return `  ${`${short ? `-${short}, ` : '    '}${long}`.padEnd(34)} ${doc}`;
    })
    .join('\n');
}
