/**
 * Records what Ansible's own modules answer to the cases of scratch folders, in recorded/results.json, for those modules
 * that do all their work on the node: `npx tsx test/modules/recorded/record.ts` where Debian's ansible is installed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '../../../lib/values/json.js';
import { caseFiles } from '../cases.js';
import { filled } from '../run-case.js';

const MODULES = new Set(
  'file stat slurp lineinfile blockinfile replace find known_hosts ini_file mount git tempfile getent ping'.split(
    ' ',
  ),
);
const here = dirname(fileURLToPath(import.meta.url));
/** What is of this one run, of this one machine, or only an echo of the arguments. */
const OWN = new Set(['invocation', 'stat', 'files', 'cmd', 'stderr', 'stderr_lines', 'exception', 'ping']);

/** The folder of a case under the name that cases give it, and nothing that differs from run to run. */
function plain(value: Json, dir: string): Json {
  if (typeof value === 'string') return value.replaceAll(dir, '$D');
  if (Array.isArray(value)) return value.map((v) => plain(v, dir));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([k, v]) => !OWN.has(k) && !(typeof v === 'number' && v > 1e9));
  return Object.fromEntries(kept.map(([k, v]) => [k.replaceAll(dir, '$D'), plain(v ?? null, dir)]));
}

const root = mkdtempSync(join(tmpdir(), 'ffe-record-'));
const items = caseFiles(join(here, '..'), 'scratch')
  .filter(({ cases }) => MODULES.has(cases.module))
  .flatMap(({ file, cases }) => cases.cases.map((one) => ({ file, one, module: cases.module })))
  .filter(({ one }) => one.args && !one.invalid && !one.pending && !one.controller)
  .map(({ file, one, module }, i) => {
    const dir = join(root, `${i}`);
    mkdirSync(dir);
    const stage = { dir, controller: '/nonexistent' };
    const setup = filled(one.setup ?? '', stage);
    return { name: `${file}: ${one.name}`, module, dir, args: filled(one.args!, stage), setup };
  });
try {
  const out = execFileSync('/usr/bin/python3', [join(here, 'record.py')], {
    input: JSON.stringify(items),
    maxBuffer: 1 << 28,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const results = JSON.parse(out.toString('utf8')) as JsonObject;
  const told = items.map(({ name, dir }) => [name, plain(results[name]!, dir)]);
  writeFileSync(join(here, 'results.json'), `${JSON.stringify(Object.fromEntries(told), null, 1)}\n`);
  console.log(`recorded ${items.length} cases`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
