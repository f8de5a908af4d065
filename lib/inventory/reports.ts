import { FfeError, FfeErrors } from '../errors/error.js';
import type { Pos } from '../values/position.js';

/** What reading may report without stopping. */
export type Reports = {
  readonly error: (error: FfeError) => void;
  readonly warn: (text: string, pos?: Pos) => void;
};

/** Runs a part of the reading; what it throws is reported and the rest goes on. */
export function attempt(reports: Reports, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof FfeErrors) for (const one of error.errors) reports.error(one);
    else if (error instanceof FfeError) reports.error(error);
    else throw error;
  }
}
