/**
 * npm test [-- [--unit | --fleet] [--fleet-required] [--no-install] [PART-OF-A-PATH...]]
 *
 * Runs the test files, each bounded in time: those without nodes shared out to one process per processor, those with
 * nodes each in a process of its own, two at a time.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { lacks, sweep } from '../lib/lab/index.js';
import { findTests } from './testing/files.js';
import { pool } from './testing/pool.js';
import { prepareFleet } from './testing/prepare.js';
import { closing, failureLines, fileLine } from './testing/report.js';
import { type FileResult, runFile } from './testing/run-file.js';
import { sharedProcess } from './testing/shared.js';

const UNIT_SECONDS = 120;
const FLEET_SECONDS = 600;

const say = (line: string) => console.log(line);

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      unit: { type: 'boolean', default: false },
      fleet: { type: 'boolean', default: false },
      'fleet-required': { type: 'boolean', default: false },
      'no-install': { type: 'boolean', default: false },
    },
  });
}

async function runUnit(
  files: string[],
  signal: AbortSignal,
  done: (result: FileResult) => void,
): Promise<void> {
  const processes = Array.from({ length: Math.min(availableParallelism(), files.length) }, () =>
    sharedProcess(UNIT_SECONDS, signal),
  );
  const free = [...processes];
  await pool(files, processes.length, signal, async (file) => {
    const mine = free.pop()!;
    done(await mine.run(file));
    free.push(mine);
  });
  for (const each of processes) each.end();
}

async function runFleet(
  files: string[],
  install: boolean,
  signal: AbortSignal,
  done: (result: FileResult) => void,
): Promise<void> {
  if (install) await prepareFleet(say, signal);
  await pool(files, 2, signal, async (file) => done(await runFile(file, FLEET_SECONDS, signal)));
  const { reasons, packages } = lacks();
  if (reasons.length + packages.length === 0) await sweep();
}

async function run(signal: AbortSignal): Promise<FileResult[]> {
  const { values, positionals } = readArguments();
  const files = findTests(process.cwd(), positionals);
  const results: FileResult[] = [];
  const done = (result: FileResult) => {
    results.push(result);
    say(fileLine(result));
    if (result.failed > 0) for (const line of failureLines(result)) say(line);
  };
  if (!values.fleet) await runUnit(files.unit, signal, done);
  if (!values.unit && files.fleet.length > 0)
    await runFleet(files.fleet, !values['no-install'], signal, done);
  return results;
}

async function main(): Promise<number> {
  const stop = new AbortController();
  // A signal to the whole group comes a second time from npm and start.mjs; that must not cut the tidying short.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
  const results = await run(stop.signal);
  for (const line of closing(results)) say(line);
  if (stop.signal.aborted) return 130;
  const failed = results.some((result) => result.failed > 0);
  const skipped = results.some((result) => result.reasons.length > 0);
  if (skipped && process.argv.includes('--fleet-required')) {
    say('tests were skipped, and --fleet-required forbids that');
    return 1;
  }
  return failed || results.length === 0 ? 1 : 0;
}

process.exitCode = await main();
