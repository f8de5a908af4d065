/**
 * A process that runs unit test files one after another, each as its parent asks, so that what they share is loaded
 * once. uvu is told to leave running to us (UVU_DEFER), and what a file leaves behind is counted against that file.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { leftOpen, remember } from './leftovers.js';
import type { Summary } from './summary.js';

type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;
type Uvu = typeof globalThis & { UVU_DEFER: number; UVU_QUEUE: Run[][]; UVU_INDEX: number };

const uvu = globalThis as Uvu;
uvu.UVU_DEFER = 1;
uvu.UVU_QUEUE = [[]];
uvu.UVU_INDEX = 0;

async function runQueued(): Promise<Summary> {
  const summary: Summary = { passed: 0, failed: 0, skipped: 0, reasons: [] };
  for (const run of uvu.UVU_QUEUE[0]!.splice(0)) {
    const [errors, passed, skipped, total] = await run();
    if (errors !== true) console.log(errors);
    summary.passed += passed;
    summary.failed += total - passed;
    summary.skipped += skipped;
  }
  return summary;
}

/** Whether tests are left in the suite that all files share; they are taken out, or the next file would run them. */
async function forgotten(): Promise<boolean> {
  const { test } = await import('uvu');
  test.run();
  const [run] = uvu.UVU_QUEUE[0]!.splice(0);
  const [, , skipped, total] = await run!();
  return skipped + total > 0;
}

async function runFile(file: string): Promise<Summary> {
  const before = remember();
  await import(pathToFileURL(resolve(file)).href);
  const summary = await runQueued();
  const complaints = (await forgotten()) ? ['it forgets test.run()'] : [];
  complaints.push(...(await leftOpen(before)));
  for (const complaint of complaints) console.log(`${file}: ${complaint}`);
  return { ...summary, failed: summary.failed + complaints.length };
}

process.on('message', async (file: string) => {
  try {
    process.send?.(await runFile(file));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    process.disconnect();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000).unref();
  }
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
