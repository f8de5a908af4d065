import { FfeError } from '../errors/error.js';
import type { Pos } from '../values/position.js';
import { attempt, type Reports } from './reports.js';

/** All that goes wrong in a piece of reading. */
export function failures(work: () => void): FfeError[] {
  const errors: FfeError[] = [];
  attempt({ error: (e) => errors.push(e), warn: () => undefined }, work);
  return errors;
}

const placeOf = ({ file, line, col }: Pos): string => `${file}:${line}:${col}: `;

/** An error in one line, for a warning. */
function told({ message, hint, pos }: FfeError): string {
  return `${pos ? placeOf(pos) : ''}${message}${hint === undefined ? '' : `; ${hint}`}`;
}

/**
 * Keeps count of the sources that could be read. When not every one is required, the errors of a source become
 * warnings; `end` reports what it means when none could be read (with 'any' that is an error).
 */
export function makeTrial(required: 'every' | 'any' | 'none', reports: Reports, warnUnparsed = true) {
  let read = 0;
  return {
    failed: (source: string, errors: readonly FfeError[], reader?: string): void => {
      const by = reader === undefined ? '' : ` with ${reader} plugin`;
      if (required === 'every') for (const error of errors) reports.error(error);
      else {
        for (const error of errors) reports.warn(` * Failed to parse ${source}${by}: ${told(error)}`);
        reports.warn(`Unable to parse ${source} as an inventory source`);
      }
    },
    passed: (): void => void read++,
    end: (): void => {
      if (read > 0 || required === 'every') return;
      const text = 'No inventory was parsed';
      if (required === 'any')
        reports.error(new FfeError('not-found', `${text}, please check your configuration and options`));
      else if (warnUnparsed) reports.warn(`${text}, only implicit localhost is available`);
    },
  };
}
