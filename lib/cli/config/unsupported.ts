import { didYouMean } from '../../errors/suggest.js';
import type { Config } from './config.js';
import type { IniEntry } from './read-ini.js';
import type { Row } from './setting.js';
import { placesOf, SETTING_NAMES, SETTINGS, type SettingName } from './table.js';
import { isPluginPath, NEEDLESS, USED } from './used.js';

const INI: ReadonlyMap<string, SettingName> = new Map(
  SETTING_NAMES.flatMap((name) => placesOf(SETTINGS[name]).ini.map((place) => [place, name] as const)),
);
/** Sections that belong to programs and plug-ins of their own. */
const FOREIGN = /^(galaxy|galaxy_server\..*|callback_.*|inventory_plugin_.*|.*_(lookup|vars|callback))$/;

const placeOf = ({ pos }: IniEntry): string => `${pos.file}:${pos.line}`;

function unknown(entry: IniEntry): string | undefined {
  if (FOREIGN.test(entry.section) || INI.has(`${entry.section}.${entry.key}`)) return undefined;
  const near = didYouMean(
    entry.key,
    [...INI.keys()].filter((one) => one.startsWith(`${entry.section}.`)).map((one) => one.split('.')[1]!),
  );
  return `${placeOf(entry)}: there is no setting '${entry.key}' in [${entry.section}]${near}`;
}

function isEffective(name: SettingName): boolean {
  return USED[name] !== undefined || NEEDLESS.has(name) || isPluginPath(name);
}

function unsupported(config: Config, name: SettingName): string | undefined {
  if (isEffective(name) || !config.given(name)) return undefined;
  const row: Row = SETTINGS[name];
  const { value, origin, entry } = config.get(name);
  if (String(value) === String(row[1])) return undefined;
  if (!entry) return `${origin.replace('env: ', '')} has no effect here`;
  return `${placeOf(entry)}: the setting '${entry.key}' has no effect here`;
}

/** What the configuration says in vain, one sentence each: settings that nothing knows, and those without an effect. */
export function unsupportedSettings(config: Config): string[] {
  return [...config.entries.map(unknown), ...SETTING_NAMES.map((name) => unsupported(config, name))].filter(
    (text) => text !== undefined,
  );
}
