import type { SecretSources } from '../secrets/password-source.js';
import { type Config, loadConfig } from './config/config.js';

/** What a command line says of vault secrets. */
export type VaultFlags = {
  readonly ids: readonly string[];
  readonly files: readonly string[];
  readonly ask: boolean;
};

/** What configuration says of vault secrets, by Ansible's names of the settings. */
export type VaultConfig = {
  readonly identityList: readonly string[];
  readonly passwordFile?: string;
  readonly encryptIdentity?: string;
  readonly idMatch: boolean;
};

/** What the configuration file and the environment say of vaults. */
export function vaultConfig(config: Config = loadConfig()): VaultConfig {
  return {
    identityList: config.texts('DEFAULT_VAULT_IDENTITY_LIST'),
    passwordFile: config.text('DEFAULT_VAULT_PASSWORD_FILE'),
    encryptIdentity: config.text('DEFAULT_VAULT_ENCRYPT_IDENTITY'),
    idMatch: config.on('DEFAULT_VAULT_ID_MATCH'),
  };
}

/** Where secrets come from, in the order in which they are tried: configured ids, given ids, given files, the configured file. */
export function secretSources(flags: VaultFlags, config: VaultConfig): SecretSources {
  const { identityList, passwordFile } = config;
  return {
    ids: [...identityList, ...flags.ids],
    files: [...flags.files, ...(passwordFile === undefined ? [] : [passwordFile])],
    ask: flags.ask,
  };
}
