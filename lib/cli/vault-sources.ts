import type { SecretSources } from '../secrets/password-source.js';

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

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The environment's word on vaults: ANSIBLE_VAULT_IDENTITY_LIST, _PASSWORD_FILE, _ENCRYPT_IDENTITY and _ID_MATCH. */
export function vaultConfig(env: Readonly<Record<string, string | undefined>> = process.env): VaultConfig {
  return {
    identityList: list(env.ANSIBLE_VAULT_IDENTITY_LIST),
    passwordFile: env.ANSIBLE_VAULT_PASSWORD_FILE || undefined,
    encryptIdentity: env.ANSIBLE_VAULT_ENCRYPT_IDENTITY || undefined,
    idMatch: /^(?:1|true|yes|on|t|y)$/i.test(env.ANSIBLE_VAULT_ID_MATCH ?? ''),
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
