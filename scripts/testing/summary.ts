/** What one test file did: real tests counted by uvu, and why fleet tests were skipped. */
export type Summary = { passed: number; failed: number; skipped: number; reasons: string[] };

function count(output: string, label: string): number | undefined {
  const found = [...output.matchAll(new RegExp(`^\\s*${label}:\\s+(\\d+)\\s*$`, 'gm'))];
  return found.length === 0 ? undefined : found.reduce((sum, match) => sum + Number(match[1]), 0);
}

/** Why a file skipped tests, each reason once: what it says after 'no fleet:' or 'skipped:'. */
export function reasonsIn(output: string): string[] {
  return [
    ...new Set([...output.matchAll(/^(?:no fleet|skipped): (.+)$/gm)].map((match) => match[1]!.trim())),
  ];
}

/** Whether a file says that it is only run when asked for; such a file need not hold a test. */
export function leftOut(output: string): boolean {
  return /^left out: ./m.test(output);
}

/**
 * Reads the counts that uvu prints at the end. A file that printed none (it crashed, hung or never called `run`), or
 * that ended badly although all its tests passed, counts as one failed test.
 */
export function summarise(output: string, exitCode: number | null): Summary {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '');
  const total = count(plain, 'Total') ?? 0;
  const passed = count(plain, 'Passed') ?? 0;
  const skipped = count(plain, 'Skipped') ?? 0;
  const reasons = reasonsIn(plain);
  const failed = total - passed;
  const silent = total + skipped === 0 && reasons.length === 0 && !leftOut(plain);
  const broken = failed === 0 && (exitCode !== 0 || silent);
  return { passed, failed: broken ? 1 : failed, skipped, reasons };
}
