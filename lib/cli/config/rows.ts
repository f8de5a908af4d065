import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import type { Value } from '../../values/value.js';
import type { Config } from './config.js';
import type { Row } from './setting.js';
import { CONNECTION } from './settings-connection.js';
import { placesOf, SETTING_NAMES, SETTINGS, type SettingName } from './table.js';
import { USED } from './used.js';
import { settingValue } from './value.js';

/** Ansible's kinds of plug-ins, and which of the plug-ins' settings are theirs. */
const PLUGIN_KINDS: Readonly<Record<string, RegExp>> = {
  become: /^(SUDO|SU|BECOME)_/,
  callback: /^(DISPLAY|SHOW|CHECK|RESULT|FORMAT)_/,
  connection: /^(SSH|SSHPASS|SCP|SFTP|PKCS11)_/,
  shell: /^(REMOTE_TMP|COMMON_REMOTE_GROUP|SYSTEM_TMPDIRS|ASYNC_DIR|ADMIN_USERS|WORLD_READABLE_TEMP)$/,
  vars: /^VARS_/,
};

/** The kind of plug-in that a setting belongs to; undefined where it is one of the core. */
export function pluginOf(name: string): string | undefined {
  if (!Object.hasOwn(CONNECTION, name)) return undefined;
  return Object.keys(PLUGIN_KINDS).find((kind) => PLUGIN_KINDS[kind]!.test(name));
}

/** The names of a kind's settings (`base`: those of the core), sorted. Throws code 'usage' for a word that is no kind. */
export function namesOfKind(kind: string): readonly SettingName[] {
  if (kind === 'all') return SETTING_NAMES;
  const words = ['base', 'all', ...Object.keys(PLUGIN_KINDS)];
  if (words.includes(kind)) return SETTING_NAMES.filter((name) => (pluginOf(name) ?? 'base') === kind);
  throw new FfeError('usage', `'${kind}' is no kind of settings${didYouMean(kind, words)}`, {
    hint: `there are: ${words.join(', ')}`,
  });
}

/** A setting as `config dump` shows it. `origin` is a file, `env: NAME`, or `default`. */
export type Shown = { readonly name: string; readonly origin: string; readonly value: Value };

/** Settings whose values nobody should read over a shoulder. */
const SECRET = /_PASS$/;

/** What settings come to, the file they are read from among them; only what somebody has written where `changed`. */
export function shownSettings(config: Config, names: readonly SettingName[], changed: boolean): Shown[] {
  const rows: Shown[] = names
    .filter((name) => !changed || config.given(name))
    .map((name) => {
      const { value, origin } = config.get(name);
      return { name, origin, value: SECRET.test(name) && value ? '********' : settingValue(value) };
    });
  const file: Shown = { name: 'CONFIG_FILE', origin: '', value: config.file ?? null };
  return [...rows, ...(names.includes('DEFAULT_FORKS') ? [file] : [])].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

const TYPES: Readonly<Record<Row[0], string>> = {
  bool: 'boolean',
  int: 'integer',
  float: 'float',
  text: 'string',
  list: 'list',
  path: 'path',
  pathlist: 'pathlist',
  pathspec: 'pathspec',
  dict: 'dict',
};

/** A setting as `config list` describes it: type, default, places, what it does where it does something. */
export function describedSetting(name: SettingName): Value {
  const row: Row = SETTINGS[name];
  const { ini, env } = placesOf(row);
  const entries: [string, Value][] = [
    ['default', settingValue(row[1])],
    ['description', USED[name] ?? 'has no effect here'],
    ['env', env.map((one) => new Map([['name', one]]))],
    ['ini', ini.map((place) => placeOf(place))],
    ['type', TYPES[row[0]]],
  ];
  if (row[4]) entries.splice(0, 0, ['choices', [...row[4]]]);
  return new Map(entries);
}

function placeOf(place: string): Value {
  const dot = place.lastIndexOf('.');
  return new Map([
    ['key', place.slice(dot + 1)],
    ['section', place.slice(0, dot)],
  ]);
}
