import { FfeError } from '../errors/error.js';
import { renderError } from '../errors/render.js';
import { didYouMean } from '../errors/suggest.js';
import { type Io, processIo } from './io.js';
import { parseOptions } from './parse-flags.js';
import { ACTS } from './vault/actions.js';
import { ACTIONS, type ActionName, helpText, optionsOf, type VaultGiven } from './vault/options.js';
import { vaultConfig } from './vault-sources.js';

/** What argparse, and so ansible-vault, answers to a command line that cannot be read. */
const MISUSED = 2;

function actionOf(word: string): ActionName {
  const name = word.replaceAll('_', '-');
  if (Object.hasOwn(ACTIONS, name)) return name as ActionName;
  throw new FfeError(
    'usage',
    `'${word}' is nothing that can be done with a vault${didYouMean(name, Object.keys(ACTIONS))}`,
    {
      hint: Object.keys(ACTIONS).join(', '),
    },
  );
}

/** Options may stand before the action, as those of ansible-vault itself. */
function read(args: readonly string[], command: string): { action: ActionName; given: VaultGiven } {
  const at = args.findIndex((arg) => !arg.startsWith('-'));
  if (at === -1) throw new FfeError('usage', 'say what to do', { hint: Object.keys(ACTIONS).join(', ') });
  const action = actionOf(args[at]!);
  const options = optionsOf(action);
  const given = parseOptions(options, args.toSpliced(at, 1), `${command} ${action}`);
  const known = (name: string): boolean => Object.hasOwn(options, name);
  const whole: VaultGiven = {
    words: given.words,
    text: (name) => (known(name) ? given.text(name) : undefined),
    texts: (name) => (known(name) ? given.texts(name) : []),
    on: (name) => known(name) && given.on(name),
    count: (name) => (known(name) ? given.count(name) : 0),
  };
  if (whole.on('newVaultId') && whole.on('newVaultPasswordFile'))
    throw new FfeError(
      'usage',
      'argument --new-vault-id: not allowed with argument --new-vault-password-file',
    );
  return { action, given: whole };
}

function checkIds(given: VaultGiven): void {
  for (const id of given.texts('vaultId'))
    if (id.includes(';'))
      throw new FfeError(
        'usage',
        `'${id}' is not a valid vault id. The character ';' is not allowed in vault ids`,
      );
}

/**
 * The verb `vault`: makes, opens, shows, edits and rekeys sealed files, with ansible-vault's options, messages and exit
 * codes. `command` is what help and errors call it.
 */
export async function vaultVerb(
  args: readonly string[],
  io: Io = processIo(),
  command = 'ffe-provision vault',
): Promise<number> {
  const [first] = args;
  if (first === '-h' || first === '--help') {
    io.out(helpText(command));
    return 0;
  }
  let line: ReturnType<typeof read>;
  try {
    line = read(args, command);
  } catch (error) {
    io.err(`${renderError(error)}\n`);
    return MISUSED;
  }
  const { action, given } = line;
  if (given.on('help')) {
    io.out(helpText(command, action));
    return 0;
  }
  checkIds(given);
  const umask = process.umask(0o077);
  try {
    await ACTS[action]({ given, config: vaultConfig(), io });
  } finally {
    process.umask(umask);
  }
  return 0;
}
