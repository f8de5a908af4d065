import { FfeError } from '../../errors/error.js';
import { ask } from '../../secrets/ask.js';
import type { Vault, VaultSecret } from '../../secrets/vault.js';
import { readSource, STREAM } from './files.js';
import type { VaultGiven } from './options.js';

/** A text to seal, where it came from, and the name of its variable. */
export type Plain = { readonly text: Buffer; readonly from: string; readonly name?: string };

const INDENT = ' '.repeat(10);

function refuse(what: string): FfeError {
  return new FfeError('usage', `${what}, not encrypting`);
}

async function fromPrompt(given: VaultGiven): Promise<Plain> {
  const name = await ask('Variable name (enter for no name)', false);
  const shown = given.on('showInput');
  const text = await ask(shown ? 'String to encrypt' : 'String to encrypt (hidden)', !shown);
  if (text === '') throw refuse('The plaintext provided from the prompt was empty');
  return { text: Buffer.from(text), from: 'the interactive prompt', name: name || undefined };
}

async function fromInput(given: VaultGiven, say: (text: string) => void): Promise<Plain> {
  if (process.stdin.isTTY)
    say(
      'Reading plaintext input from stdin. (ctrl-d to end input, twice if your content does not already have a newline)\n',
    );
  const text = await readSource(STREAM);
  if (text.length === 0) throw refuse('stdin was empty');
  return { text, from: 'stdin', name: given.text('stdinName') };
}

function fromWords(words: readonly string[], given: VaultGiven, say: (text: string) => void): Plain[] {
  const names = given.texts('name');
  if (names.length > 0 && words.length > names.length)
    say(
      `The number of --name options do not match the number of args.\nThe last named variable will be "${names.at(-1)}". The rest will not have names.\n`,
    );
  return words.map((word, i) => {
    if (word === '') throw refuse('The plaintext provided from the command line args was empty');
    return { text: Buffer.from(word), from: 'the command line args', name: names[i] };
  });
}

/** The texts to seal, from the prompt, standard input and the command line. Throws code 'usage' for an empty one. */
export async function plainTexts(given: VaultGiven, say: (text: string) => void): Promise<Plain[]> {
  const words = given.words.filter((word) => word !== STREAM);
  const reads = given.words.includes(STREAM) || given.words.length === 0 || given.on('stdinName');
  const prompts = given.on('prompt');
  if (prompts && reads && (given.words.length > 0 || given.on('stdinName')))
    throw new FfeError('usage', 'The --prompt option is not supported if also reading input from stdin');
  return [
    ...(prompts ? [await fromPrompt(given)] : []),
    ...(reads && !prompts ? [await fromInput(given, say)] : []),
    ...fromWords(words, given, say),
  ];
}

/** Texts as sealed values for a YAML file, one after the other, and what is said of each when there are several. */
export function sealedValues(
  plain: readonly Plain[],
  vault: Vault,
  secret: VaultSecret,
): { readonly yaml: string; readonly said: string } {
  const values = plain.map(({ text, name }) => {
    const lines = vault.seal(text, secret).trimEnd().split('\n');
    return [`${name ? `${name}: ` : ''}!vault |`, ...lines.map((line) => INDENT + line)].join('\n');
  });
  const said = plain.map(({ name, from }, i) =>
    name
      ? `# The encrypted version of variable ("${name}", the string #${i + 1} from ${from}).\n`
      : `# The encrypted version of the string #${i + 1} from ${from}.)\n`,
  );
  return { yaml: `${values.join('\n')}\n`, said: plain.length > 1 ? said.join('') : '' };
}
