import type { Row } from './setting.js';
import { placesOf, SETTING_NAMES, SETTINGS } from './table.js';
import { USED } from './used.js';

const code = (text: string): string => `\`${text}\``;

/** The table of docs/configuration.md: every setting that has an effect, where it is written, its default, what it does. */
export function settingsTable(): string {
  const rows = SETTING_NAMES.filter((name) => USED[name] !== undefined).map((name) => {
    const row: Row = SETTINGS[name];
    const { ini, env } = placesOf(row);
    const fallback = row[1] === null ? '' : Array.isArray(row[1]) ? row[1].join(':') : String(row[1]);
    const cells = [
      ini.map((place) => code(place.replace(/^(.*)\.([^.]*)$/, '[$1] $2'))).join(' '),
      env.map(code).join(' '),
      fallback === '' ? '' : code(fallback),
      USED[name]!,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| ansible.cfg | environment | default | what it does |', '|---|---|---|---|', ...rows].join('\n');
}
