import { FfeError } from '../../errors/error.js';
import { vaultSecrets } from '../../secrets/password-source.js';
import { createVault, type Vault, type VaultSecret } from '../../secrets/vault.js';
import { secretSources, type VaultConfig, type VaultFlags } from '../vault-sources.js';
import type { VaultGiven } from './options.js';

/** What an action works with: a vault for opening, and the secret to seal with, where it seals. */
export type Tools = { readonly vault: Vault; readonly secret?: VaultSecret };

type Warn = (text: string) => void;

async function load(
  flags: VaultFlags,
  config: VaultConfig,
  create: boolean,
  warn: Warn,
): Promise<VaultSecret[]> {
  const sources = secretSources(flags, config);
  const none = sources.ids.length === 0 && sources.files.length === 0;
  return vaultSecrets({ ...sources, ask: flags.ask || none, create, warn });
}

/** The secret to seal with: the first of the wanted id, or simply the first. Throws code 'vault' when the id is not known. */
export function sealingSecret(
  secrets: readonly VaultSecret[],
  id: string | undefined,
): VaultSecret | undefined {
  if (!id) return secrets[0];
  const found = secrets.find((s) => s.id === id);
  if (found) return found;
  const known = secrets.map((s) => `'${s.id}'`).join(', ');
  throw new FfeError(
    'vault',
    `Did not find a match for --encrypt-vault-id=${id} in the known vault-ids [${known}]`,
  );
}

function flagsOf(given: VaultGiven): VaultFlags {
  return {
    ids: given.texts('vaultId'),
    files: given.texts('vaultPasswordFile'),
    ask: given.on('askVaultPass'),
  };
}

/** The secrets for `decrypt`, `view` and `edit`: those that open. */
export async function toOpen(given: VaultGiven, config: VaultConfig, warn: Warn): Promise<Tools> {
  return { vault: createVault(await load(flagsOf(given), config, false, warn), config) };
}

/** The secret for `encrypt`, `encrypt-string` and `create`. Throws code 'usage' when it is not clear which one is meant. */
export async function toSeal(
  given: VaultGiven,
  config: VaultConfig,
  warn: Warn,
): Promise<Tools & { secret: VaultSecret }> {
  const id = given.text('encryptVaultId') ?? config.encryptIdentity;
  const secrets = await load(flagsOf(given), config, true, warn);
  if (secrets.length > 1 && !id)
    throw new FfeError(
      'usage',
      `The vault-ids ${secrets.map((s) => s.id).join(',')} are available to encrypt. Specify the vault-id to encrypt with --encrypt-vault-id`,
    );
  return { vault: createVault(secrets, config), secret: sealingSecret(secrets, id)! };
}

/** The secrets for `rekey`: those that open, and the new one. */
export async function toRekey(
  given: VaultGiven,
  config: VaultConfig,
  warn: Warn,
): Promise<Tools & { secret: VaultSecret }> {
  const { vault } = await toOpen(given, config, warn);
  const id = given.text('encryptVaultId') ?? config.encryptIdentity;
  const flags: VaultFlags = {
    ids: given.texts('newVaultId').slice(-1),
    files: given.texts('newVaultPasswordFile').slice(-1),
    ask: given.on('askVaultPass'),
  };
  const fresh = await load(flags, id ? config : { ...config, identityList: [] }, true, warn);
  return { vault, secret: sealingSecret(fresh, id)! };
}
