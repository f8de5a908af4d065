import type { Row } from './setting.js';
import { CONNECTION } from './settings-connection.js';
import { CORE } from './settings-core.js';
import { DISPLAY } from './settings-display.js';
import { PLUGINS } from './settings-plugins.js';
import { PRIVILEGES } from './settings-privileges.js';

/** Every setting that is known, by Ansible's name for it (options of plug-ins have names of their own). */
export const SETTINGS = { ...CORE, ...PRIVILEGES, ...DISPLAY, ...PLUGINS, ...CONNECTION };

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** All names, sorted. */
export const SETTING_NAMES = (Object.keys(SETTINGS) as SettingName[]).sort();

/** Where a setting may be written. */
export function placesOf(row: Row): { readonly ini: readonly string[]; readonly env: readonly string[] } {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return { ini: words(row[2]), env: words(row[3]) };
}
