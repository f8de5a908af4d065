import { didYouMean } from '../../errors/suggest.js';
import type { Config } from './config.js';
import type { IniEntry } from './read-ini.js';
import type { Row } from './setting.js';
import { placesOf, SETTING_NAMES, SETTINGS, type SettingName } from './table.js';
import { isPluginPath, NEEDLESS, USED, WORDS } from './used.js';

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

/** A setting that has no effect: its key and line in the file, or the variable that says it. */
type Vain = { readonly word: string; readonly line?: number };

function unsupported(config: Config, name: SettingName): Vain | undefined {
  const understood =
    WORDS[name]?.includes(config.text(name)?.split('.').at(-1) ?? 'default') ?? isEffective(name);
  if (understood || !config.given(name)) return undefined;
  const row: Row = SETTINGS[name];
  const { value, origin, entry } = config.get(name);
  if (String(value) === String(row[1])) return undefined;
  if (!entry) return { word: origin.replace('env: ', '') };
  return { word: entry.key, line: entry.pos.line };
}

/** One sentence for all of a file: long files would otherwise hide the run's own first lines. */
function inVain(config: Config): (string | undefined)[] {
  const all = SETTING_NAMES.map((name) => unsupported(config, name)).filter((one) => one !== undefined);
  const written = all.filter(({ line }) => line !== undefined).sort((a, b) => a.line! - b.line!);
  const words = written.map(({ word, line }) => `${word} (line ${line})`).join(', ');
  return [
    words === '' ? undefined : `${config.file}: no effect here: ${words}`,
    ...all.filter(({ line }) => line === undefined).map(({ word }) => `${word} has no effect here`),
  ];
}

/** What the configuration says in vain: settings that nothing knows one by one, those without an effect together. */
export function unsupportedSettings(config: Config): string[] {
  return [...config.entries.map(unknown), ...inVain(config)].filter((text) => text !== undefined);
}
