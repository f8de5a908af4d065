import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Place } from './find-file.js';
import type { Row, SettingValue } from './setting.js';

/** A path as a setting has it: `~`, `$NAME` and `{{CWD}}` are replaced; a relative one begins at `base`. */
function pathOf(text: string, base: string, { env, cwd, home }: Place): string {
  const whole = text
    .replaceAll('{{CWD}}', cwd)
    .replace(/^~(?=\/|$)/, home)
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, a?: string, b?: string) => env[a ?? b ?? ''] ?? all);
  return isAbsolute(whole) ? join(whole) : resolve(base, whole);
}

const unquoted = (text: string): string => /^(['"])(.*)\1$/s.exec(text)?.[2] ?? text;
const YES = ['1', 'true', 'yes', 'on', 't', 'y'];

const items = (value: SettingValue | readonly string[], by: string): string[] =>
  Array.isArray(value) ? value.map(String) : String(value).split(by);

function numberFrom(text: string, whole: boolean): number {
  const form = whole ? /^\s*[+-]?\d+\s*$/ : /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
  if (form.test(text)) return Number(text);
  throw new RangeError(`expected a ${whole ? 'whole ' : ''}number, found '${text}'`);
}

/** A setting's value from what was written. `file` names a configuration file. Throws a RangeError that says what was expected. */
export function convertSetting(
  row: Row,
  value: SettingValue,
  place: Place,
  file: string | undefined,
): SettingValue {
  if (value === null) return null;
  const base = file === undefined ? place.cwd : dirname(file);
  const paths = (by: string): string[] => items(value, by).map((one) => pathOf(one.trim(), base, place));
  switch (row[0]) {
    case 'bool':
      return typeof value === 'boolean' ? value : YES.includes(String(value).trim().toLowerCase());
    case 'int':
    case 'float':
      return typeof value === 'number' ? value : numberFrom(String(value), row[0] === 'int');
    case 'list':
      return Array.isArray(value) ? value : items(value, ',').map((one) => unquoted(one.trim()));
    case 'path':
      return pathOf(String(value), base, place);
    case 'pathspec':
      return paths(':');
    case 'pathlist':
      return paths(',');
    default:
      return typeof value === 'string' ? unquoted(value) : value;
  }
}
