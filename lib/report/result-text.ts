import type { JsonObject } from '../values/json.js';
import { dump } from './dump.js';
import { yamlResult } from './yaml-text.js';

/**
 * How results are printed: Ansible's `callback_result_format` and `callback_format_pretty` (undefined: as fits the format),
 * or, as `block`, the form of its output plug-in `yaml`.
 */
export type ResultForm = { readonly format: 'json' | 'yaml' | 'block'; readonly pretty?: boolean };

/** One line, unless there is much to read. */
export const JSON_FORM: ResultForm = { format: 'json' };

const OMITTED = '<omitted>';

/** What is there as a text need not be there as lines, too. */
function withoutLines(result: JsonObject): JsonObject {
  const twice = ['stdout', 'stderr'].filter((name) => name in result && `${name}_lines` in result);
  return { ...result, ...Object.fromEntries(twice.map((name) => [`${name}_lines`, OMITTED])) };
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by)).trimEnd();
}

/** A line of what is most asked for, the rest below it. */
function block(result: JsonObject): string {
  const { changed, skipped, ...rest } = withoutLines(result);
  const head = Object.entries({ changed, skipped })
    .map(([name, value]) => (value === undefined ? '' : `${name}=${String(value)} `))
    .join('');
  if (Object.keys(rest).length === 0) return head.trimEnd();
  const text = yamlResult(rest, { indent: 2, width: 1000, lossy: true });
  return `${head}\n${text}`.split('\n').join('\n  ').trimEnd();
}

/** A result as it stands behind `=>`; `always` says that it is to be easy to read in any case. */
export function resultText(result: JsonObject, { format, pretty }: ResultForm, always: boolean): string {
  if (format === 'block') return block(result);
  const eager = always || pretty === true || (pretty === undefined && format !== 'json');
  const indent = eager && pretty !== false ? 4 : undefined;
  if (format === 'json') return dump(result, indent);
  const lossy = pretty !== false;
  const text = yamlResult(lossy ? withoutLines(result) : result, { indent: indent ?? 2, width: 80, lossy });
  return `\n${indented(text, indent ?? 4)}`;
}
