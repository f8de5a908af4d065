import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { FfeError } from '../errors/error.js';
import { ask } from './ask.js';
import type { VaultSecret } from './vault.js';

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The password in a file, or the first output of it when it is a program; the line's end does not count. */
export function passwordFromFile(file: string): string {
  const path = file.replace(/^~(?=\/)/, process.env.HOME ?? '~');
  try {
    const text = executable(path)
      ? execFileSync(path, { encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'] })
      : readFileSync(path, 'utf8');
    return text.replace(/\r?\n$/, '');
  } catch (cause) {
    throw new FfeError('vault', `the password file '${file}' cannot be read`, { cause });
  }
}

/** One `--vault-id`: `label@source`, or a source alone. A source is `prompt` or a file. */
async function fromVaultId(text: string): Promise<VaultSecret> {
  const at = text.indexOf('@');
  const [id, source] = at === -1 ? ['default', text] : [text.slice(0, at) || 'default', text.slice(at + 1)];
  const prompts = source === 'prompt' || source === 'prompt_ask_vault_pass';
  return { id, password: prompts ? await ask(`Vault password (${id})`, true) : passwordFromFile(source) };
}

/** Every vault secret of a command line, in the order in which they are tried. */
export async function vaultSecrets(given: {
  ids: readonly string[];
  files: readonly string[];
  ask: boolean;
}): Promise<VaultSecret[]> {
  const out: VaultSecret[] = [];
  for (const id of given.ids) out.push(await fromVaultId(id));
  for (const file of given.files) out.push({ id: 'default', password: passwordFromFile(file) });
  if (given.ask) out.push({ id: 'default', password: await ask('Vault password', true) });
  return out;
}
