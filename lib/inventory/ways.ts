import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { FfeError } from '../errors/error.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { type FileOptions, readText } from '../yaml/file.js';
import { parseYaml } from '../yaml/load.js';
import { readerName } from './enabled.js';
import { readIni } from './formats/ini.js';
import { readScript } from './formats/script.js';
import { readToml } from './formats/toml.js';
import { readYamlInventory } from './formats/yaml.js';
import type { Inventory } from './inventory.js';
import { isPluginConfig, runPlugin } from './plugins/index.js';
import type { Besides, Evaluate, PluginConfig } from './plugins/plugin.js';
import type { Reports } from './reports.js';
import { looksLikeState } from './terraform/state.js';
import { readTerraform } from './terraform/terraform.js';

/** What the reader of a file needs. */
export type Reading = {
  readonly inventory: Inventory;
  readonly options: FileOptions;
  readonly reports: Reports;
  readonly evaluate?: Evaluate;
  readonly besides?: Besides;
  /** Names of the readers that may be used. */
  readonly enabled: readonly string[];
};

/** A way to read a file: the readers (Ansible's inventory plug-ins) that would take it so, and the reading. */
export type Way = { readonly readers: readonly string[]; readonly read: () => void };

const YAML_NAMES = ['.yml', '.yaml', '.json'];

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function beginning(file: string): string {
  const head = Buffer.alloc(4);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, head, 0, 4, 0);
  } finally {
    closeSync(fd);
  }
  return head.toString('latin1');
}

function isProgram(file: string): boolean {
  return executable(file) && /^(?:#!|\x7fELF)/.test(beginning(file));
}

/** Whether a text without a telling name is YAML, by its first line. */
function looksLikeYaml(text: string): boolean {
  const first = text.split('\n').find((line) => /^\s*[^\s#;]/.test(line)) ?? '';
  return first.trim() === '---' || /^\s*['"]?[\w.-]+['"]?\s*:(?:\s|$)|^\s*\{/.test(first);
}

function cannot(): never {
  throw new FfeError('unsupported', 'inventory plugins cannot be used here');
}

function iniWay({ inventory, reports }: Reading, file: string, text: string): Way {
  const read = (): void => {
    for (const error of readIni(inventory, text, file)) reports.error(error);
  };
  return { readers: ['ini'], read };
}

function pluginWay(reading: Reading, file: string, config: PluginConfig): Way {
  const { inventory, reports, evaluate = cannot, besides = {} } = reading;
  const name = readerName(str(config.get('plugin') as Value));
  const found = ['.yml', '.yaml'].includes(extname(file)) ? ['auto'] : [];
  return {
    readers: [name, ...found],
    read: () => runPlugin({ inventory, reports, evaluate, besides, file, config }),
  };
}

function yamlWays(reading: Reading, file: string, text: string): Way[] {
  const { inventory, options, reports } = reading;
  let root: Raw;
  try {
    root = parseYaml(text, file, options);
  } catch (error) {
    const read = (): never => {
      throw error;
    };
    return [{ readers: ['yaml', 'auto'], read }];
  }
  if (root instanceof Map && isPluginConfig(root)) return [pluginWay(reading, file, root as PluginConfig)];
  // A file in which nothing stands is an empty inventory of the other form.
  if (root === null) return [iniWay(reading, file, text)];
  return [{ readers: ['yaml'], read: () => readYamlInventory(inventory, root, file, reports) }];
}

function waysOf(reading: Reading, file: string): Way[] {
  const { inventory, options, reports } = reading;
  if (isProgram(file)) return [{ readers: ['script'], read: () => readScript(inventory, file) }];
  const text = readText(file, options);
  const extension = extname(file);
  if (extension === '.tfstate' || looksLikeState(text))
    return [{ readers: ['terraform', 'auto'], read: () => readTerraform(inventory, text, file, reports) }];
  const ini = iniWay(reading, file, text);
  if (extension === '.toml')
    return [{ readers: ['toml'], read: () => readToml(inventory, text, file, reports) }, ini];
  if (YAML_NAMES.includes(extension)) return yamlWays(reading, file, text);
  if (extension === '.ini' || !looksLikeYaml(text)) return [ini];
  return [...yamlWays(reading, file, text), ini];
}

/** The likeliest of the enabled ways to read a file. Throws an FfeError when none of those that fit is enabled. */
export function likeliestWay(reading: Reading, file: string): Way {
  const ways = waysOf(reading, file);
  const way = ways.find(({ readers }) => readers.some((name) => reading.enabled.includes(name)));
  if (way) return way;
  throw new FfeError('unsupported', `the file is for the inventory plugin '${ways[0]!.readers[0]}'`, {
    pos: { file, line: 1, col: 1 },
    hint: `enabled are only ${reading.enabled.join(', ')}`,
  });
}
