import { equals } from '../../values/equal.js';
import { truthy } from '../../values/truth.js';
import type { Dict, Value } from '../../values/value.js';
import { TemplateError, type Test } from '../library.js';
import { is } from '../signature.js';

const has = (result: Dict, key: string): boolean => truthy(result.get(key) ?? false);

const asks = (what: string, answer: (result: Dict) => boolean): Test =>
  is('', (v) => {
    if (v instanceof Map) return answer(v);
    throw new TemplateError(`The '${what}' test expects a dictionary`);
  });

function changed(result: Dict): boolean {
  if (result.has('changed')) return has(result, 'changed');
  const results = result.get('results');
  return Array.isArray(results) && results.some((r: Value) => r instanceof Map && has(r, 'changed'));
}

const done = (key: string) => (result: Dict) => !result.has(key) || equals(result.get(key)!, 1);

const failed = asks('failed', (r) => has(r, 'failed'));
const succeeded = asks('succeeded', (r) => !has(r, 'failed'));
const change = asks('changed', changed);
const skipped = asks('skipped', (r) => has(r, 'skipped'));

/** Tests of a registered result. */
export const resultTests: Record<string, Test> = {
  failed,
  failure: failed,
  succeeded,
  success: succeeded,
  successful: succeeded,
  changed: change,
  change,
  skipped,
  skip: skipped,
  reachable: asks('reachable', (r) => !has(r, 'unreachable')),
  unreachable: asks('unreachable', (r) => has(r, 'unreachable')),
  finished: asks('finished', done('finished')),
  started: asks('started', done('started')),
};
