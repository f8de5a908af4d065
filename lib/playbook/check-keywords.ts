import { didYouMean } from '../errors/suggest.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { Keywords } from './keywords.js';
import type { Loading } from './loading.js';
import { type Dict, keyError } from './raw.js';

/** Reports every key of a dict that is no keyword of its level. `what` is the level in words: `a play`. */
export function checkNames(
  loading: Loading,
  dict: Dict,
  known: Keywords,
  what: string,
  allowed: (key: string) => boolean = () => false,
): void {
  for (const key of dict.keys()) {
    const name = str(key as Value);
    if (name in known || allowed(name)) continue;
    const message = `'${name}' is not a keyword of ${what}${didYouMean(name, Object.keys(known))}`;
    loading.errors.push(keyError('unknown-name', message, dict, key));
  }
}
