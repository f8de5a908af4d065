import { accessSync, closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Raw } from '../values/value.js';
import { type FileOptions, readText } from '../yaml/file.js';
import { parseYaml } from '../yaml/load.js';
import { readIni } from './formats/ini.js';
import { readScript } from './formats/script.js';
import { readYamlInventory } from './formats/yaml.js';
import type { Inventory } from './inventory.js';
import { isPluginConfig, runPlugin } from './plugins/index.js';
import type { Evaluate, PluginConfig, PluginWork } from './plugins/plugin.js';
import { attempt, type Reports } from './reports.js';

const YAML_NAMES = ['.yml', '.yaml', '.json'];
const IGNORED =
  /^\.|^(?:host_vars|group_vars|vars_plugins)$|(?:\.pyc|\.pyo|\.swp|\.bak|~|\.rpm|\.md|\.txt|\.rst|\.orig|\.ini|\.cfg|\.retry)$/;

/** What every reader of a source needs. */
export type Reading = {
  readonly inventory: Inventory;
  readonly options: FileOptions;
  readonly reports: Reports;
  readonly evaluate?: Evaluate;
  /** Told of every file that was tried, with what is wrong in it. */
  readonly tried: (source: string, errors: readonly FfeError[]) => void;
};

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return false;
  }
  const head = Buffer.alloc(4);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, head, 0, 4, 0);
  } finally {
    closeSync(fd);
  }
  return head.subarray(0, 2).toString() === '#!' || head.toString('latin1') === '\x7fELF';
}

/** The YAML behind a file by its extension, or else by its first line; undefined when it reads as INI. */
function yamlIfAny(text: string, file: string, options: FileOptions): Raw | undefined {
  const extension = extname(file);
  if (YAML_NAMES.includes(extension)) return parseYaml(text, file, options);
  if (extension === '.ini') return undefined;
  const first = text.split('\n').find((line) => /^\s*[^\s#;]/.test(line)) ?? '';
  if (first.trim() !== '---' && !/^\s*['"]?[\w.-]+['"]?\s*:(?:\s|$)|^\s*\{/.test(first)) return undefined;
  return parseYaml(text, file, options);
}

function workOf(reading: Reading, file: string, yaml: Raw): PluginWork {
  const { inventory, reports, evaluate = cannot } = reading;
  return { inventory, reports, evaluate, file, config: yaml as PluginConfig };
}

function cannot(): never {
  throw new FfeError('unsupported', 'inventory plugins cannot be used here');
}

function readFile(reading: Reading, file: string): void {
  const { inventory, options, reports } = reading;
  if (isProgram(file)) readScript(inventory, file);
  else {
    const text = readText(file, options);
    const yaml = yamlIfAny(text, file, options);
    if (yaml instanceof Map && isPluginConfig(yaml)) runPlugin(workOf(reading, file, yaml));
    else if (yaml !== undefined) readYamlInventory(inventory, yaml, file, reports);
    else for (const error of readIni(inventory, text, file)) reports.error(error);
  }
}

function missing(path: string): FfeError {
  const folder = dirname(path);
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  return new FfeError('not-found', `there is no inventory '${path}'${didYouMean(basename(path), names)}`, {
    hint: `a list of hosts has a comma, for example -i '${basename(path)},'`,
  });
}

/** Reads a file, an executable or a folder of them into the inventory; what is wrong goes to `tried`. */
export function readSource(reading: Reading, path: string, within = false): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) {
    reading.tried(path, [missing(path)]);
    return;
  }
  if (!stat.isDirectory()) {
    const errors: FfeError[] = [];
    const reports: Reports = { ...reading.reports, error: (e) => errors.push(e) };
    attempt(reports, () => readFile({ ...reading, reports }, path));
    reading.tried(path, errors);
    return;
  }
  const names = readdirSync(path)
    .sort()
    .filter((name) => !IGNORED.test(name));
  if (names.length === 0 && !within)
    reading.reports.warn(`the inventory folder '${path}' holds no inventory file`);
  for (const name of names) readSource(reading, join(path, name), true);
}
