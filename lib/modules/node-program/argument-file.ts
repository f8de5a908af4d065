import { quote } from '../../node/quote.js';
import { fromJson } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import { str } from '../../values/print.js';
import type { PlanInfo } from '../module.js';

/** What Ansible tells every module beside the task's own arguments. */
export function internalArguments(
  name: string,
  info: Pick<PlanInfo, 'check' | 'diff' | 'verbosity' | 'variable'>,
): JsonObject {
  const version = info.variable('ansible_version') as JsonObject | undefined;
  return {
    _ansible_check_mode: info.check,
    _ansible_diff: info.diff,
    _ansible_verbosity: info.verbosity,
    _ansible_version: version?.full ?? '',
    _ansible_module_name: name,
    _ansible_keep_remote_files: false,
  };
}

/** A value as Python prints it, which is what scripts of this style have always got. */
const word = (value: Json | undefined): string => quote(str(fromJson(value)));

/** The file of arguments: one JSON object, or `name=value` words that a shell can read as assignments. */
export function argumentFile(style: 'json' | 'words', args: JsonObject): string {
  if (style === 'json') return JSON.stringify(args);
  return Object.entries(args)
    .map(([name, value]) => `${name}=${word(value)} `)
    .join('');
}
