import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Outcome } from '../../../lib/engine/task/attempt.js';
import type { Json, JsonObject } from '../../../lib/values/json.js';

/** What Ansible answered to the three runs of a case. */
export type Recorded = { readonly [run in 'check' | 'run' | 'again']: JsonObject };

/** Cases in which this program means to answer otherwise: by name, or every case of a file; the fields, and why. */
type Difference = { readonly cases: string; readonly fields: readonly string[]; readonly why: string };

const here = import.meta.dirname;

/** Everything recorded, by `FILE: NAME`. */
export const recorded = JSON.parse(readFileSync(join(here, 'results.json'), 'utf8')) as Record<
  string,
  Recorded
>;

const differences = parse(readFileSync(join(here, 'differences.yaml'), 'utf8')) as Difference[];

/** The fields in which a case may differ from what is recorded; `status` is whether it is ok, changed or failed. */
export function mayDiffer(name: string): Set<string> {
  const found = differences.filter((d) => name === d.cases || name.startsWith(`${d.cases}: `));
  return new Set(found.flatMap((d) => d.fields));
}

function statusOf(result: JsonObject): string {
  return result.failed ? 'failed' : result.changed ? 'changed' : 'ok';
}

function placed(value: Json, dir: string): Json {
  return JSON.parse(JSON.stringify(value).replaceAll(dir, '$D')) as Json;
}

/** Whether an outcome is what Ansible's was: its status, and each field that was recorded. */
export function agree(
  name: string,
  run: keyof Recorded,
  outcome: Pick<Outcome, 'status' | 'result'>,
  dir: string,
): void {
  const theirs = recorded[name]?.[run];
  if (!theirs) return;
  const skip = mayDiffer(name);
  const status = outcome.status === 'skipped' ? 'ok' : outcome.status;
  if (!skip.has('status') && !skip.has(`${run}.status`))
    assert.is(status, statusOf(theirs), `${run}: Ansible answered ${JSON.stringify(theirs)}`);
  if (statusOf(theirs) === 'failed' || status === 'failed') return;
  for (const [field, value] of Object.entries(theirs)) {
    if (skip.has(field) || ['diff', 'changed', 'failed', 'warnings'].includes(field)) continue;
    // Names of temporary files and of kept copies differ from run to run.
    if (field.startsWith('backup') && value !== '') continue;
    assert.equal(
      placed(outcome.result[field] ?? null, dir),
      value,
      `${run}: field ${field} is not as Ansible's`,
    );
  }
}
