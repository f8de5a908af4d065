import type { FileResult } from './run-file.js';
import { leftOut } from './summary.js';

/** One line about a file: `ok   test/x.test.ts  12 passed  0.8 s`. */
export function fileLine(result: FileResult): string {
  const { failed, skipped, passed, timedOut, reasons } = result;
  const word = failed > 0 ? 'FAIL' : passed > 0 ? 'ok  ' : 'skip';
  const parts = [
    `${passed} passed`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 || reasons.length > 0 ? `${skipped} skipped` : '',
    timedOut ? 'ran out of time' : '',
    `${result.seconds.toFixed(1)} s`,
  ];
  return `${word} ${result.file}  ${parts.filter(Boolean).join(', ')}`;
}

/** The end of a run: why tests were skipped, then the count of real tests. */
export function closing(results: readonly FileResult[]): string[] {
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((n, result) => n + result[key], 0);
  const reasons = new Map<string, number>();
  for (const { reasons: why, skipped } of results) {
    for (const reason of why) reasons.set(reason, (reasons.get(reason) ?? 0) + skipped);
  }
  const skips = [...reasons].map(([reason, n]) => `skipped ${n} tests: ${reason}`);
  const unexplained = sum('skipped') - [...reasons.values()].reduce((a, b) => a + b, 0);
  if (unexplained > 0) skips.push(`skipped ${unexplained} tests without a reason`);
  const out = results
    .filter(({ output }) => leftOut(output))
    .map(({ file }) => `left out unless asked for: ${file}`);
  return [...out, ...skips, `${sum('passed')} passed, ${sum('failed')} failed`];
}

const NOISE = /^\s*(?:at .*(?:node_modules|node:internal).*|(?:Total|Passed|Skipped|Duration): .*)?$/;

/** What a failed file printed, each line set in, without blank lines, counts and the places in other people's code. */
export function failureLines({ output }: FileResult): string[] {
  return output
    .split('\n')
    .filter((line) => !NOISE.test(line))
    .map((line) => `     | ${line.trimEnd()}`);
}
