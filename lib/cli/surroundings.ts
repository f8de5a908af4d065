import { realNodes } from '../engine/open.js';
import type { Surroundings } from '../engine/state.js';
import { besideVars, readVarsFile } from '../inventory/beside.js';
import { refresh } from '../inventory/change.js';
import type { InventoryRules } from '../inventory/inventory.js';
import { type InventoryOptions, loadInventory } from '../inventory/load.js';
import type { Evaluate } from '../inventory/plugins/plugin.js';
import { modules } from '../modules/index.js';
import { moduleTable } from '../modules/table.js';
import type { LoadOptions } from '../playbook/loading.js';
import { library } from '../template/builtin.js';
import { createTemplater } from '../template/create.js';
import type { HostFiles } from '../template/library.js';
import { createPlugins } from '../template/plugins.js';
import type { Templater } from '../template/templater.js';
import type { Pos } from '../values/position.js';
import type { FactCache } from '../vars/fact-cache.js';
import { templates } from '../vars/layer.js';
import { makeScope } from '../vars/scope.js';
import type { DuplicateKeys } from '../yaml/load.js';
import { type Config, isSetting } from './config/config.js';
import { settingValue } from './config/value.js';
import { configuredFactCache } from './fact-cache.js';
import type { Interrupt } from './interrupt.js';
import { loadLibraryModule, loadTypeScript } from './library.js';
import type { Settings } from './settings.js';
import { staticTemplate } from './static-template.js';

/** How inventory plug-ins evaluate templates among the variables of a host. */
function inventoryTemplates(templater: Templater, files: HostFiles): Evaluate {
  return (vars) => {
    const scope = makeScope([templates('inventory', vars)], { templater, files });
    return (text, pos) => templater.value(text, scope, files, { pos });
  };
}

/** Surroundings of templates before any host is known. */
export function controllerFiles(around: Pick<Surroundings, 'redactor' | 'unvault'>): HostFiles {
  return {
    searchPath: [process.cwd()],
    baseDir: process.cwd(),
    ahead: false,
    secret: (text) => around.redactor.add(text),
    unvault: around.unvault,
  };
}

function requiredSources({ config }: Settings): 'every' | 'any' | 'none' {
  if (config.on('INVENTORY_ANY_UNPARSED_IS_FAILED')) return 'every';
  return config.on('INVENTORY_UNPARSED_IS_FAILED') ? 'any' : 'none';
}

function rulesOf(config: Config): InventoryRules {
  // The settings know no other words.
  return {
    groupNames: config.text('TRANSFORM_INVALID_GROUP_CHARS') as InventoryRules['groupNames'],
    mismatch: config.text('HOST_PATTERN_MISMATCH') as InventoryRules['mismatch'],
  };
}

/** How the configuration wants inventories to be read. */
function inventoryOptions(settings: Settings, factCache: FactCache | undefined): InventoryOptions {
  const { config, options } = settings;
  return {
    besides: {
      extraVars: options.extraVars.vars,
      useExtraVars: config.on('INVENTORY_USE_EXTRA_VARS'),
      facts: factCache?.read,
    },
    required: requiredSources(settings),
    readers: config.texts('INVENTORY_ENABLED'),
    ignored: {
      extensions: config.texts('INVENTORY_IGNORE_EXTS'),
      patterns: config.texts('INVENTORY_IGNORE_PATTERNS'),
    },
    warnUnparsed: config.on('INVENTORY_UNPARSED_WARNING'),
    rules: rulesOf(config),
    duplicates: duplicateKeys(config),
  };
}

function duplicateKeys(config: Settings['config']): DuplicateKeys {
  const wish = config.text('DUPLICATE_YAML_DICT_KEY');
  return wish === 'error' || wish === 'ignore' ? wish : 'warn';
}

/** What a run is made of, how playbooks are read for it, and the warnings that arose. */
export type Prepared = {
  readonly around: Surroundings;
  readonly loading: LoadOptions;
};

/** Reads the inventories and puts together what reaches outside the engine; warnings go to the listener. */
export function prepare(settings: Settings, listen: Surroundings['listen'], interrupt: Interrupt): Prepared {
  const unvault = settings.vault.open;
  const plugins = createPlugins(library, loadTypeScript);
  for (const kind of ['filter', 'test', 'lookup'] as const)
    for (const dir of settings.pluginFolders[kind]) plugins.folder(dir, kind);
  const templater = createTemplater(plugins.library, settings.config.on('DEFAULT_JINJA2_NATIVE'));
  const evaluate = inventoryTemplates(templater, controllerFiles({ redactor: settings.redactor, unvault }));
  const factCache = configuredFactCache(settings.config);
  const reading = { ...inventoryOptions(settings, factCache), unvault, evaluate };
  const read = () => loadInventory(settings.inventories, reading);
  const { inventory, warnings } = read();
  for (const text of settings.warnings) listen({ type: 'warning', text, time: 0 });
  for (const { text, pos } of warnings) listen({ type: 'warning', text, pos, time: 0 });
  const duplicates = duplicateKeys(settings.config);
  // A file is read again for each host; what is odd about it is said once.
  const said = new Set<string>();
  const warn = (text: string, pos: Pos): void => {
    if (!said.has(text)) listen({ type: 'warning', text, pos, time: 0 });
    said.add(text);
  };
  const files = { unvault, duplicates, warn };
  const around: Surroundings = {
    options: settings.options,
    inventory,
    modules: moduleTable(modules),
    templater,
    redactor: settings.redactor,
    open: realNodes(settings.options.connection.askPassphrase),
    unvault,
    unvaultBytes: settings.vault.openBytes,
    beside: (dir) => besideVars([dir], files),
    readVars: (file) => readVarsFile(file, files),
    listen,
    refresh: () => refresh(inventory, read().inventory),
    setting: (name) => (isSetting(name) ? settingValue(settings.config.get(name).value) : undefined),
    factCache,
    injectFacts: settings.config.on('INJECT_FACTS_AS_VARS'),
    mergesDicts: settings.config.text('DEFAULT_HASH_BEHAVIOUR') === 'merge',
    signal: interrupt.signal,
  };
  for (const dir of settings.collectionsPath) plugins.collections(dir);
  const loading: LoadOptions = {
    modules: around.modules,
    rolesPath: settings.rolesPath,
    collectionsPath: settings.collectionsPath,
    modulePath: settings.modulePath,
    template: staticTemplate(around, settings.options.extraVars, controllerFiles(around)),
    unvault,
    duplicates,
    lookups: plugins.library.lookups,
    library: loadLibraryModule,
    plugins: plugins.beside,
    checkTemplate: (text, kind, origin) => templater.check(text, kind, origin),
  };
  return { around, loading };
}
