import type { Value } from '../../values/value.js';
import type { SettingValue } from './setting.js';

/** A setting as templates see it. */
export function settingValue(value: SettingValue): Value {
  return Array.isArray(value) ? [...(value as readonly string[])] : (value as Value);
}
