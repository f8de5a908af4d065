import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { Value } from '../../values/value.js';
import { construct } from './constructed.js';
import { generate } from './generator.js';
import type { PluginConfig, PluginWork } from './plugin.js';
import { readProviderConfig } from './terraform-provider.js';

const PLUGINS: Readonly<Record<string, (work: PluginWork) => void>> = {
  constructed: construct,
  generator: generate,
  'cloud.terraform.terraform_provider': readProviderConfig,
};

/** The names of the plug-ins that a YAML file can configure. */
export const PLUGIN_NAMES = Object.keys(PLUGINS);

/** Whether a parsed YAML inventory is the configuration of a plug-in: a group of that name would hold a dict. */
export function isPluginConfig(root: Map<unknown, unknown>): boolean {
  const plugin = root.get('plugin');
  return plugin !== undefined && plugin !== null && !(plugin instanceof Map);
}

/** Runs the plug-in that a configuration names. Throws code 'unsupported' for one that there is not. */
export function runPlugin(work: PluginWork): void {
  const name = str((work.config as PluginConfig).get('plugin') as Value);
  const short = name.replace(/^ansible\.(?:builtin|legacy)\./, '');
  const plugin = Object.hasOwn(PLUGINS, short) ? PLUGINS[short] : undefined;
  if (plugin) {
    plugin(work);
    return;
  }
  throw new FfeError(
    'unsupported',
    `the inventory plugin '${name}' is not supported${didYouMean(short, PLUGIN_NAMES)}`,
    {
      pos: posOf(work.config, 'plugin'),
      hint: `inventories are YAML or INI files, folders of them, executable scripts, or the plugins ${PLUGIN_NAMES.join(', ')}`,
    },
  );
}
