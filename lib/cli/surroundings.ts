import { realNodes } from '../engine/open.js';
import type { Surroundings } from '../engine/state.js';
import { besideVars, readVarsFile } from '../inventory/beside.js';
import { refresh } from '../inventory/change.js';
import { loadInventory } from '../inventory/load.js';
import type { Evaluate } from '../inventory/plugins/plugin.js';
import { modules } from '../modules/index.js';
import { moduleTable } from '../modules/table.js';
import type { LoadOptions } from '../playbook/loading.js';
import { library } from '../template/builtin.js';
import { createTemplater } from '../template/create.js';
import type { HostFiles } from '../template/library.js';
import { createPlugins } from '../template/plugins.js';
import type { Templater } from '../template/templater.js';
import { templates } from '../vars/layer.js';
import { makeScope } from '../vars/scope.js';
import { isSetting } from './config/config.js';
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

/** What a run is made of, how playbooks are read for it, and the warnings that arose. */
export type Prepared = {
  readonly around: Surroundings;
  readonly loading: LoadOptions;
};

/** Reads the inventories and puts together what reaches outside the engine; warnings go to the listener. */
export function prepare(settings: Settings, listen: Surroundings['listen'], interrupt: Interrupt): Prepared {
  const unvault = settings.vault.open;
  const plugins = createPlugins(library, loadTypeScript);
  const templater = createTemplater(plugins.library);
  const evaluate = inventoryTemplates(templater, controllerFiles({ redactor: settings.redactor, unvault }));
  const required = requiredSources(settings);
  const read = () => loadInventory(settings.inventories, { unvault, evaluate, required });
  const { inventory, warnings } = read();
  for (const text of settings.warnings) listen({ type: 'warning', text, time: 0 });
  for (const { text, pos } of warnings) listen({ type: 'warning', text, pos, time: 0 });
  const around: Surroundings = {
    options: settings.options,
    inventory,
    modules: moduleTable(modules),
    templater,
    redactor: settings.redactor,
    open: realNodes(settings.options.connection.askPassphrase),
    unvault,
    unvaultBytes: settings.vault.openBytes,
    beside: (dir) => besideVars([dir], { unvault }),
    readVars: (file) => readVarsFile(file, { unvault }),
    listen,
    refresh: () => refresh(inventory, read().inventory),
    setting: (name) => (isSetting(name) ? settingValue(settings.config.get(name).value) : undefined),
    factCache: configuredFactCache(settings.config),
    injectFacts: settings.config.on('INJECT_FACTS_AS_VARS'),
    signal: interrupt.signal,
  };
  for (const dir of settings.collectionsPath) plugins.collections(dir);
  const loading: LoadOptions = {
    modules: around.modules,
    rolesPath: settings.rolesPath,
    collectionsPath: settings.collectionsPath,
    template: staticTemplate(around, settings.options.extraVars, controllerFiles(around)),
    unvault,
    lookups: plugins.library.lookups,
    library: loadLibraryModule,
    plugins: plugins.beside,
    checkTemplate: (text, kind, origin) => templater.check(text, kind, origin),
  };
  return { around, loading };
}
