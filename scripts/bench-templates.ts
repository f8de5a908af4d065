/**
 * npm run bench:templates [-- --hosts N] [--expressions N] [--rounds N]
 *
 * Measures templates in one go: this project, Ansible's Templar (with its own inventory and hostvars) and plain
 * Jinja2, each inside its own process, without the time to start. All must give the same text.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Measured, renderWork } from './benchmark/template-run.js';
import { type TemplateWork, templateWork } from './benchmark/template-work.js';

const PYTHON = fileURLToPath(new URL('./benchmark/templates.py', import.meta.url));

function byPython(work: TemplateWork, inventory: string): Record<string, Measured> {
  const done = spawnSync('/usr/bin/python3', [PYTHON], {
    input: JSON.stringify({ ...work, inventory }),
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: '/nonexistent', ANSIBLE_LOCAL_TEMP: tmpdir() },
  });
  if (done.status !== 0) throw new Error(`python3 with Ansible failed: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

function report(ours: Measured, others: Record<string, Measured>): boolean {
  let good = true;
  for (const [measure, [seconds, digest]] of Object.entries(ours)) {
    console.log(`${measure.padEnd(14)} ${'ffe-provision'.padEnd(18)} ${seconds.toFixed(3)} s`);
    for (const [program, measured] of Object.entries(others)) {
      const [theirs, other] = measured[measure]!;
      const same = other === digest ? '' : '   NOT THE SAME TEXT';
      good &&= other === digest;
      const ratio = (theirs / seconds).toFixed(1);
      console.log(
        `${''.padEnd(14)} ${program.padEnd(18)} ${theirs.toFixed(3)} s   ${ratio} times as long${same}`,
      );
    }
  }
  return good;
}

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '1000' },
    expressions: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '50' },
  },
});
const work = templateWork(Number(values.hosts), Number(values.expressions), Number(values.rounds));
const dir = mkdtempSync(join(tmpdir(), 'ffe-bench-'));
try {
  const inventory = join(dir, 'hosts');
  writeFileSync(inventory, work.inventory);
  if (!report(renderWork(work, inventory), byPython(work, inventory))) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
