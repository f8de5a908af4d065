import type { Row, SettingValue } from './setting.js';
import { placesOf, SETTINGS, type SettingName } from './table.js';
import { USED } from './used.js';

function written(value: SettingValue): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

function joined(row: Row): string {
  return row[0] === 'pathspec' && Array.isArray(row[1]) ? row[1].join(':') : written(row[1]);
}

const usable = (names: readonly SettingName[]): SettingName[] => names.filter((name) => USED[name]);

/** A configuration file that says what is the default anyway: a section each, a comment and a line per setting. */
export function initialIni(names: readonly SettingName[], disabled: boolean): string {
  const sections = new Map<string, string[]>();
  for (const name of usable(names)) {
    const row: Row = SETTINGS[name];
    const place = placesOf(row).ini.at(-1);
    if (place === undefined) continue;
    const dot = place.lastIndexOf('.');
    const section = place.slice(0, dot);
    // A setting without a value would stand for an empty one.
    const off = disabled || joined(row) === '' ? ';' : '';
    const lines = [`# (${row[0]}) ${USED[name]}`, `${off}${place.slice(dot + 1)}=${joined(row)}`, ''];
    sections.set(section, [...(sections.get(section) ?? []), ...lines]);
  }
  return [...sections].map(([section, lines]) => [`[${section}]`, ...lines, ''].join('\n')).join('');
}

/** The same as lines for a shell. */
export function initialEnv(names: readonly SettingName[], disabled: boolean): string {
  return usable(names)
    .flatMap((name) => {
      const row: Row = SETTINGS[name];
      const variable = placesOf(row).env.at(-1);
      if (variable === undefined) return [];
      const off = disabled || joined(row) === '' ? '#' : '';
      const text = joined(row);
      const quoted = /^[\w.,:/~-]*$/.test(text) ? text : `'${text}'`;
      return [`# (${row[0]}) ${USED[name]}`, `${off}${variable}=${quoted}`, ''];
    })
    .join('\n');
}
