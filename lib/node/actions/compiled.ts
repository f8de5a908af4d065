import { quote } from '../quote.js';
import type { Attributes } from './action.js';

/** An action as sh source that ends with its exit code, and what it takes from standard input. */
export type Step = { readonly source: string; readonly input?: Uint8Array; readonly ok?: readonly number[] };

/** Sets the shell variables that the functions of the actions read. */
export function assign(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value === '' ? '' : quote(value)}`)
    .join(' ');
}

/** The variables that stand for attributes; '' leaves a thing as it is. */
export function attributeValues(attributes: Attributes = {}): { o: string; m: string; a: string } {
  const { owner = '', group, mode } = attributes;
  return {
    o: group === undefined ? owner : `${owner}:${group}`,
    m: mode === undefined ? '' : octal(mode),
    a: attributes.attributes ?? '',
  };
}

/** Five digits: only then does chmod also clear the set-id bits of a directory. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(5, '0');
}
