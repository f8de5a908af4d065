import type { Outcome } from '../node/actions/action.js';
import type { JsonObject } from '../values/json.js';

/** What programs printed, joined over the outcomes of a change; a stream that stayed empty is left out. */
export function printed(outcomes: readonly Outcome[]): JsonObject {
  const join = (stream: 'stdout' | 'stderr') => outcomes.map((o) => o[stream].toString('utf8')).join('');
  const [stdout, stderr] = [join('stdout'), join('stderr')];
  return { ...(stdout && { stdout }), ...(stderr && { stderr }) };
}
