import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

/** The cases of a file beside this one; throws on a key that is not among those named, or without the first of them. */
export function casesOf<T>(name: string, keys: readonly string[]): T[] {
  const cases: unknown = parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
  const properties = Object.fromEntries(keys.map((key) => [key, {}]));
  const item = { type: 'object', properties, required: [keys[0]!], additionalProperties: false };
  const ajv = new Ajv();
  if (!ajv.validate({ type: 'array', items: item, minItems: 1 }, cases))
    throw new Error(`${name}: ${ajv.errorsText()}`);
  return cases as T[];
}
