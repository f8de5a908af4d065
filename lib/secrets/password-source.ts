import { FfeError } from '../errors/error.js';
import { ask } from './ask.js';
import { DEFAULT_ID, isSealed } from './envelope.js';
import { passwordBytes } from './password-file.js';
import { createVault, type VaultSecret } from './vault.js';

/** A password for a login or for becoming another user, from a file or a program. Throws code 'vault'. */
export function passwordFromFile(file: string, what: string): string {
  return passwordBytes(file, { what }).toString('utf8');
}

/** Where the vault secrets of a command line come from. */
export type SecretSources = {
  /** `label@source` or a source alone; a source is `prompt`, a file or a program. */
  readonly ids: readonly string[];
  readonly files: readonly string[];
  readonly ask: boolean;
  /** The password is a new one, so that it is asked for twice. */
  readonly create?: boolean;
  /** Told of each source that gives no password while another one does. */
  readonly warn?: (text: string) => void;
};

type Source = { readonly id: string; readonly label?: string; readonly from: string };

/** What `--ask-vault-pass` stands for: a prompt without the vault id. */
const PLAIN_PROMPT = 'prompt_ask_vault_pass';

function sourceOf(text: string): Source {
  const at = text.indexOf('@');
  if (at === -1) return { id: DEFAULT_ID, from: text };
  const label = text.slice(0, at);
  return { id: label || DEFAULT_ID, label: label || undefined, from: text.slice(at + 1) };
}

/** What is asked, by how the prompt was asked for: with the vault id, or plainly. `%` stands for the id. */
const QUESTIONS = {
  prompt: { old: 'Vault password (%)', fresh: ['New vault password (%)', 'Confirm new vault password (%)'] },
  [PLAIN_PROMPT]: { old: 'Vault password', fresh: ['New Vault password', 'Confirm New Vault password'] },
} as const;

async function secretAnswer(question: string, id: string): Promise<string> {
  try {
    return await ask(question, true);
  } catch (error) {
    if (!(error instanceof FfeError)) throw error;
    throw new FfeError('vault', `the vault password was not given (EOF on the prompt for ${id})`);
  }
}

async function asked(id: string, from: keyof typeof QUESTIONS, create: boolean): Promise<string> {
  const { old, fresh } = QUESTIONS[from];
  const answers: string[] = [];
  for (const question of create ? fresh : [old]) {
    const answer = (await secretAnswer(question.replace('%', id), id)).trim();
    if (answer === '')
      throw new FfeError('vault', 'Invalid vault password was provided', { hint: 'it is empty' });
    answers.push(answer);
  }
  const [first = '', again = first] = answers;
  if (again !== first) throw new FfeError('vault', 'Passwords do not match');
  return first;
}

/** The password of one source; undefined with a warning when it has none, so that others may be tried. */
function loaded(
  source: Source,
  known: readonly VaultSecret[],
  failed: (error: FfeError) => void,
): Buffer | undefined {
  const open = (data: Buffer): Buffer =>
    isSealed(data.toString('latin1')) ? createVault(known).openBytes(data, source.from) : data;
  try {
    return passwordBytes(source.from, { id: source.label, open });
  } catch (error) {
    if (!(error instanceof FfeError)) throw error;
    failed(error);
    return undefined;
  }
}

/**
 * Every vault secret of a command line, in the order in which they are tried: vault ids, files, the prompt. A password
 * file may be sealed with a secret before it. Throws code 'vault' when no source gives a password.
 */
export async function vaultSecrets(given: SecretSources): Promise<VaultSecret[]> {
  const sources: Source[] = [
    ...given.ids.map(sourceOf),
    ...given.files.map((from) => ({ id: DEFAULT_ID, label: DEFAULT_ID, from })),
    ...(given.ask ? [{ id: DEFAULT_ID, from: PLAIN_PROMPT }] : []),
  ];
  const out: VaultSecret[] = [];
  const failures: FfeError[] = [];
  for (const source of sources) {
    const { id, from } = source;
    const password =
      from === 'prompt' || from === PLAIN_PROMPT
        ? await asked(id, from, given.create ?? false)
        : loaded(source, out, (error) => {
            failures.push(error);
            given.warn?.(`Error getting vault password (${id}): ${error.message}`);
          });
    if (password !== undefined) out.push({ id, password });
  }
  const last = failures.at(-1);
  if (last && out.length === 0) throw last;
  return out;
}
