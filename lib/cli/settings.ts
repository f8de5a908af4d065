import { existsSync } from 'node:fs';
import type { RunOptions } from '../engine/options.js';
import { vaultSecrets } from '../secrets/password-source.js';
import { createRedactor, type Redactor } from '../secrets/redactor.js';
import { createVault, type Vault } from '../secrets/vault.js';
import { type Config, loadConfig } from './config/config.js';
import { unsupportedSettings } from './config/unsupported.js';
import { knowingVault } from './knowing-vault.js';
import type { Given } from './parse-flags.js';
import { runOptions } from './run-options.js';
import { secretSources, vaultConfig } from './vault-sources.js';

/** What a command line, the configuration file and the environment come to. */
export type Settings = {
  readonly options: RunOptions;
  readonly vault: Vault;
  /** Knows every secret that was met so far. */
  readonly redactor: Redactor;
  readonly inventories: readonly string[];
  readonly rolesPath: readonly string[];
  readonly collectionsPath: readonly string[];
  readonly modulePath: readonly string[];
  /** Folders of plug-ins of users for the template language. */
  readonly pluginFolders: Readonly<Record<'filter' | 'test' | 'lookup', readonly string[]>>;
  readonly config: Config;
  /** What the configuration says that has no effect here. */
  readonly warnings: Config['warnings'];
};

/** The inventories of the configuration; the one that is only there by default need not exist. */
function configuredInventories(config: Config): readonly string[] {
  if (!config.given('DEFAULT_HOST_LIST'))
    return config.texts('DEFAULT_HOST_LIST').filter((path) => existsSync(path));
  const { entry } = config.get('DEFAULT_HOST_LIST');
  // A list of hosts is no path, and is written with a comma.
  const written = entry?.value ?? process.env.ANSIBLE_INVENTORY ?? '';
  if (/^[^/]*,\s*$/.test(written)) return [written.trim()];
  return config.texts('DEFAULT_HOST_LIST');
}

/** Turns a command line and the configuration into settings; asks for the passwords it wants asked for. */
export async function settingsOf(given: Given, config: Config = loadConfig()): Promise<Settings> {
  const redactor = createRedactor();
  const vaults = vaultConfig(config);
  const flags = {
    ids: given.texts('vaultId'),
    files: given.texts('vaultPasswordFile'),
    ask: given.on('askVaultPass') || config.on('DEFAULT_ASK_VAULT_PASS'),
  };
  const sealed = createVault(await vaultSecrets(secretSources(flags, vaults)), vaults);
  const vault = knowingVault(sealed, redactor);
  const inventory = given.texts('inventory');
  const modulePath = given.texts('modulePath').flatMap((path) => path.split(':'));
  return {
    options: await runOptions(given, config, vault),
    vault,
    redactor,
    inventories: inventory.length > 0 ? inventory : configuredInventories(config),
    rolesPath: config.given('DEFAULT_ROLES_PATH') ? config.texts('DEFAULT_ROLES_PATH') : [],
    collectionsPath: config.texts('COLLECTIONS_PATHS'),
    modulePath: modulePath.length > 0 ? modulePath : config.texts('DEFAULT_MODULE_PATH'),
    pluginFolders: {
      filter: config.texts('DEFAULT_FILTER_PLUGIN_PATH'),
      test: config.texts('DEFAULT_TEST_PLUGIN_PATH'),
      lookup: config.texts('DEFAULT_LOOKUP_PLUGIN_PATH'),
    },
    config,
    warnings: [...config.warnings, ...unsupportedSettings(config)],
  };
}
