/**
 * npm run bench [-- --runs N] [--first N] [--without-ansible]
 *
 * Measures one everyday playbook on four booted nodes, in one go: ansible-playbook with its defaults and with
 * pipelining, this project as built, and the script that a person would write by hand. BENCH_DIR names another folder
 * with site.yml, inventory.yml and floor.sh.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Lab, labDown, labReset, labUp, reserveNodes } from '../lib/lab/index.js';
import { changesIn, median, timed } from './benchmark/measure.js';
import {
  ansiblePrograms,
  benchEnvironment,
  benchFolder,
  controlFolder,
  endMasters,
  floorProgram,
  ourProgram,
  type Program,
} from './benchmark/programs.js';
import { ratios, table } from './benchmark/table.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string): void => console.log(line);

/** What is measured: the lab, and a folder for what ansible-playbook leaves on this machine. */
type Place = { readonly lab: Lab; readonly local: string };

async function converged({ lab, local }: Place, programs: readonly Program[], runs: number): Promise<void> {
  const times = new Map(programs.map((program) => [program.name, [] as number[]]));
  const environment = { ...benchEnvironment(lab), ...controlFolder(local, 'converged') };
  for (let run = 0; run < runs; run++) {
    for (const program of programs) {
      const { seconds, output } = await timed(program, environment);
      const changes = changesIn(output) ?? 0;
      if (changes > 0) throw new Error(`${program.name} changed ${changes} on a converged fleet:\n${output}`);
      times.get(program.name)!.push(seconds);
    }
  }
  for (const line of [...table('converged', times, 'floor.sh'), ...ratios(times)]) say(line);
}

async function firstRuns({ lab, local }: Place, programs: readonly Program[], runs: number): Promise<void> {
  const times = new Map(programs.map((program) => [program.name, [] as number[]]));
  for (let run = 0; run < runs; run++) {
    for (const program of programs) {
      await Promise.all(lab.nodes.map((node) => labReset(lab, node.name)));
      const environment = { ...benchEnvironment(lab), ...controlFolder(local, `${run}`) };
      times.get(program.name)!.push((await timed(program, environment)).seconds);
      endMasters(local);
    }
  }
  for (const line of [...table('first run', times, 'ffe-provision'), ...ratios(times)]) say(line);
}

async function startUp(): Promise<void> {
  const program: Program = {
    name: '--version',
    argv: [process.execPath, join(root, 'bin', 'ffe-provision'), '--version'],
  };
  const times: number[] = [];
  for (let run = 0; run < 11; run++) times.push((await timed(program)).seconds);
  say(`ffe-provision --version   ${median(times).toFixed(3)} s`);
}

async function bench(local: string): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5' },
      first: { type: 'string', default: '5' },
      'without-ansible': { type: 'boolean', default: false },
    },
  });
  const folder = benchFolder(root);
  const name = `bench-${process.pid}`;
  const nodes = await reserveNodes(name, ['n1', 'n2', 'n3', 'n4']);
  // Python is on these nodes only because Ansible needs it there.
  const lab = await labUp({ name, nodes, owned: true, image: { variant: 'python' }, report: say });
  try {
    const ours = ourProgram(folder, root);
    const others = values['without-ansible'] ? [] : ansiblePrograms(folder, local);
    if (others.length === 0 && !values['without-ansible'])
      say('ansible-playbook is not installed: measuring without it');
    await startUp();
    await firstRuns({ lab, local }, [ours, ...others], Number(values.first));
    await timed(ours, benchEnvironment(lab));
    await converged({ lab, local }, [floorProgram(folder, lab), ours, ...others], Number(values.runs));
  } finally {
    endMasters(local);
    await labDown(lab);
  }
}

const local = mkdtempSync(join(tmpdir(), 'ffe-bench-'));
try {
  await bench(local);
} finally {
  rmSync(local, { recursive: true, force: true });
}
