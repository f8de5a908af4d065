import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { FfeError } from '../../errors/error.js';
import { convertSetting } from './convert.js';
import { findConfigFile, type Place } from './find-file.js';
import { type IniEntry, readIni } from './read-ini.js';
import type { Row, SettingValue } from './setting.js';
import { placesOf, SETTING_NAMES, SETTINGS, type SettingName } from './table.js';

/** A setting's value and where it comes from: `default`, `env: NAME`, or the file. */
export type Configured = { readonly value: SettingValue; readonly origin: string; readonly entry?: IniEntry };

/** Everything that configuration files and the environment say. */
export type Config = {
  readonly file?: string;
  readonly entries: readonly IniEntry[];
  readonly warnings: readonly string[];
  readonly get: (name: SettingName) => Configured;
  readonly text: (name: SettingName) => string | undefined;
  readonly texts: (name: SettingName) => readonly string[];
  readonly number: (name: SettingName) => number | undefined;
  readonly on: (name: SettingName) => boolean;
  /** Whether something else than the default was written. */
  readonly given: (name: SettingName) => boolean;
};

type Written = { readonly text: string; readonly origin: string; readonly entry?: IniEntry };

function written(row: Row, place: Place, entries: ReadonlyMap<string, IniEntry>): Written | undefined {
  const { ini, env } = placesOf(row);
  const variable = env.findLast((name) => place.env[name] !== undefined);
  if (variable !== undefined) return { text: place.env[variable]!, origin: `env: ${variable}` };
  const entry = entries.get(ini.findLast((name) => entries.has(name)) ?? '');
  return entry && { text: entry.value, origin: entry.pos.file, entry };
}

function refuse(name: string, by: Written, found: string): FfeError {
  return new FfeError('usage', found, { pos: by.entry?.pos, notes: [`${name} (from ${by.origin})`] });
}

function configured(name: SettingName, place: Place, entries: ReadonlyMap<string, IniEntry>): Configured {
  const row: Row = SETTINGS[name];
  const fallback = (): Configured => ({
    value: convertSetting(row, row[1], place, undefined),
    origin: 'default',
  });
  const by = written(row, place, entries);
  if (by === undefined) return fallback();
  try {
    const value = convertSetting(row, by.text, place, by.entry?.pos.file);
    const [, , , , choices] = row;
    if (!choices || choices.includes(String(value))) return { value, origin: by.origin, entry: by.entry };
    const wrong = `Invalid value "${String(value)}" for configuration option "setting: ${name}"`;
    throw refuse(name, by, `${wrong}, valid values are: ${choices.join(', ')}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // An empty variable stands for no word at all where it cannot be a value.
    if (by.entry === undefined && by.text === '') return fallback();
    const wrong = `Invalid type for configuration option setting: ${name} (from ${by.origin})`;
    throw refuse(name, by, `${wrong}: ${error.message}`);
  }
}

function readEntries(file: string | undefined): IniEntry[] {
  if (file === undefined) return [];
  return readIni(readFileSync(file, 'utf8'), file);
}

function processPlace(): Place {
  return { env: process.env, cwd: process.cwd(), home: process.env.HOME ?? homedir() };
}

/** Reads the configuration file (that one, when named) and the environment. A value of the wrong type throws when it is asked for. */
export function loadConfig(place: Place = processPlace(), named?: string): Config {
  const found: ReturnType<typeof findConfigFile> =
    named === undefined ? findConfigFile(place) : { file: named };
  const entries = readEntries(found.file);
  const byName = new Map(entries.map((entry) => [`${entry.section}.${entry.key}`, entry]));
  const known = new Map<SettingName, Configured>();
  const get = (name: SettingName): Configured => {
    const before = known.get(name) ?? configured(name, place, byName);
    known.set(name, before);
    return before;
  };
  const value = (name: SettingName): SettingValue => get(name).value;
  return {
    file: found.file,
    entries,
    warnings: found.warning === undefined ? [] : [found.warning],
    get,
    text: (name) => (value(name) === null || value(name) === '' ? undefined : String(value(name))),
    texts: (name) => {
      const list = value(name);
      return Array.isArray(list) ? list.filter((one) => one !== '') : [];
    },
    number: (name) => (typeof value(name) === 'number' ? (value(name) as number) : undefined),
    on: (name) => value(name) === true,
    given: (name) => get(name).origin !== 'default',
  };
}

/** Whether a text is the name of a setting. */
export function isSetting(name: string): name is SettingName {
  return (SETTING_NAMES as readonly string[]).includes(name);
}

/** Which configuration file is read, as Ansible says it from -v on. */
export function configFileLine({ file }: Config): string {
  return file === undefined ? 'No config file found; using defaults' : `Using ${file} as config file`;
}
