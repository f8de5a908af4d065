import { appendFileSync, readFileSync } from 'node:fs';
import type { Interface } from 'node:readline';

const MOST = 1000;

/** The lines of earlier conversations, the last one first. */
export function history(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-MOST).reverse();
  } catch {
    return [];
  }
}

/** Keeps every line that is typed, for the user's eyes alone: lines may hold secrets. */
export function keepHistory(reader: Interface, file: string): void {
  reader.on('line', (line) => {
    if (line.trim() === '') return;
    try {
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // Without a history the console works as well.
    }
  });
}
